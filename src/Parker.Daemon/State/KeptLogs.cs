using System.Globalization;
using System.Text.Json;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Partition;
using ZstdSharp;

namespace Parker.Daemon.State;

/// <summary>The kernel logs of boots that are over, compressed, in a folder that survives the Boot Kernel's reboot.</summary>
/// <remarks>
/// <code>
/// NAME/20261124T094812.000Z-0f8e....json.zst    when the boot began, its ID; a LogDocument
/// </code>
/// <para>For use by several threads at once. They stay when the partition is destroyed.</para>
/// </remarks>
/// <param name="folder">The folder; made where it is not there, for its owner only.</param>
public sealed class KeptLogs(string folder)
{
    private const string Ending = ".json.zst";
    private const string TimeForm = "yyyyMMdd'T'HHmmss.fff'Z'";
    private const int MostOfAPartition = 20;
    private const int MostOfAll = 400;
    private const long MostBytes = 256L << 20;

    // A log of 16 MiB, the largest that distributions build kernels with, in JSON.
    private const int LongestDocument = 128 << 20;

    private readonly Lock _changes = new();

    /// <summary>The name of what is kept of a boot, without its ending: in the order of time.</summary>
    internal static string Stem(DateTimeOffset startedAt, Guid bootId) => startedAt.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture) + "-" + bootId.ToString("N");

    /// <summary>Keeps the log of a boot; the oldest ones make room.</summary>
    /// <exception cref="IOException">It cannot be written; nothing of it is left.</exception>
    public void Keep(PartitionName name, DateTimeOffset startedAt, LogDocument log)
    {
        ArgumentNullException.ThrowIfNull(log);
        lock (_changes)
        {
            string own = Path.Combine(folder, name.ToString());
            Directory.CreateDirectory(own, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            string path = Path.Combine(own, Stem(startedAt, log.BootId) + Ending);
            string partial = path + ".new";
            try
            {
                using (FileStream file = new(partial, new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.Create, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                {
                    using (CompressionStream packed = new(file, leaveOpen: true))
                    {
                        JsonSerializer.Serialize(packed, log, ApiJson.Of<LogDocument>());
                    }

                    file.Flush(flushToDisk: true);
                }

                File.Move(partial, path, overwrite: true);
            }
            catch (UnauthorizedAccessException denied)
            {
                throw new IOException(denied.Message, denied);
            }
            finally
            {
                File.Delete(partial);
            }

            MakeRoom(name);
        }
    }

    /// <summary>The kept boots of a partition, newest first; names of files.</summary>
    public IReadOnlyList<string> Boots(PartitionName name)
    {
        string own = Path.Combine(folder, name.ToString());
        return Directory.Exists(own) ? [.. Directory.EnumerateFiles(own, "*" + Ending).OrderDescending(StringComparer.Ordinal)] : [];
    }

    /// <summary>Reads a kept log.</summary>
    /// <param name="path">One of <see cref="Boots"/>.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LogDocument Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using DecompressionStream unpacked = new(file);
            byte[] json = new byte[1 << 16];
            int length = 0;
            for (int read; (read = unpacked.Read(json.AsSpan(length))) > 0; length += read)
            {
                if (length + read == json.Length)
                {
                    Array.Resize(ref json, json.Length < LongestDocument ? json.Length * 2 : throw new IOException($"{path} is longer than any log."));
                }
            }

            return JsonSerializer.Deserialize(json.AsSpan(0, length), ApiJson.Of<LogDocument>()) ?? throw new IOException($"{path} holds nothing.");
        }
        catch (Exception damaged) when (damaged is JsonException or ZstdException)
        {
            throw new IOException($"{path} is damaged: {damaged.Message}", damaged);
        }
    }

    private void MakeRoom(PartitionName name)
    {
        foreach (string old in Boots(name).Skip(MostOfAPartition))
        {
            File.Delete(old);
        }

        long bytes = 0;
        int files = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*" + Ending, SearchOption.AllDirectories).OrderByDescending(file => file.Name, StringComparer.Ordinal))
        {
            bytes += file.Length;
            if (++files > MostOfAll || (bytes > MostBytes && files > 1))
            {
                file.Delete();
            }
        }
    }
}
