using Parker.Api.Client;
using Parker.Api.Plans;
using Parker.Cli.Partitions;

namespace Parker.Cli.Plans;

/// <summary>Reads a configuration file for the daemon.</summary>
internal static class ConfigurationFile
{
    private const long Longest = 512 << 10;

    /// <summary>The text of a file.</summary>
    /// <exception cref="CommandFailedException">It is too long to be one.</exception>
    public static string Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (file.CanSeek && file.Length > Longest)
        {
            throw new CommandFailedException(ExitCode.Failed, $"'{path}' has {file.Length} bytes, and a configuration at most {Longest}.");
        }

        using StreamReader reader = new(file);
        return reader.ReadToEnd();
    }

    /// <summary>What the file changes, by the daemon; null where none runs.</summary>
    /// <exception cref="CommandFailedException">It was refused, or this user may not speak to the daemon.</exception>
    public static PlanDocument? TryPlan(ProgramSurroundings surroundings, PlanRequest request) =>
        File.Exists(surroundings.SocketPath) && !ParkerClient.IsRefused(surroundings.SocketPath) ? PartitionDoor.Use(surroundings, client => client.PlanConfiguration(request)) : null;
}
