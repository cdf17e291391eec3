using System.Globalization;
using System.Text.Json;
using Parker.Runtime.Watching;

namespace Parker.Daemon.State;

/// <summary>Keeps what one command saw of heartbeats for the next, so that a hang is told although no process watches.</summary>
/// <param name="path">The file's path.</param>
public sealed class HeartbeatFile(string path)
{
    /// <summary>Reads the sightings by partition; none where the file is missing or damaged: it only spares the next look some waiting.</summary>
    public Dictionary<string, HeartbeatSighting> Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), HeartbeatJson.Default.DictionaryStringHeartbeatSighting) ?? [];
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return [];
        }
    }

    /// <summary>Replaces the file. Commands that only look do so side by side: the last one wins.</summary>
    /// <param name="sightings">By partition.</param>
    public void Write(Dictionary<string, HeartbeatSighting> sightings)
    {
        string next = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        File.WriteAllText(next, JsonSerializer.Serialize(sightings, HeartbeatJson.Default.DictionaryStringHeartbeatSighting));
        File.Move(next, path, overwrite: true);
    }
}
