using System.CommandLine;
using Parker.Cli.Partitions;
using Parker.Daemon.Partitions;

namespace Parker.Cli.Inspections;

/// <summary>A core in place of a partition: what <c>parker dump</c> wrote, looked into without the daemon, on any machine.</summary>
internal static class CoreFile
{
    /// <summary>The option <c>--core FILE</c>.</summary>
    public static Option<string?> Option() => new("--core") { Description = "Look into an ELF core, such as 'parker dump' writes, in place of a partition.", HelpName = "FILE" };

    /// <summary>The core; null where a partition is named.</summary>
    /// <exception cref="CommandFailedException">Both were given, or none.</exception>
    public static string? Of(string? name, string? core) => (name, core) switch
    {
        (null, null) => throw new CommandFailedException(ExitCode.Usage, "Which partition? Give its name, or --core FILE."),
        (not null, not null) => throw new CommandFailedException(ExitCode.Usage, $"'{name}' and --core '{core}' exclude each other: look into one of them."),
        _ => core,
    };

    /// <summary>Reads something of a core.</summary>
    /// <exception cref="CommandFailedException">It is none, or what is wanted is not in it.</exception>
    public static T Read<T>(string file, Func<string, T> read)
    {
        try
        {
            return read(file);
        }
        catch (RefusedException refused)
        {
            throw PartitionDoor.Refused(refused.Diagnostics);
        }
    }
}
