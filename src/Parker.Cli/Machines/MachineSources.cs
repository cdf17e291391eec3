using Parker.Cli.Captures;
using Parker.Linux.Sources;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Sources;

namespace Parker.Cli.Machines;

/// <summary>Opens what <c>--root</c> names: this machine, a captured folder, or a capture's file.</summary>
internal static class MachineSources
{
    /// <summary>Opens a machine to read from.</summary>
    /// <param name="root">A folder or a file; null for the machine that this runs on.</param>
    /// <exception cref="CommandFailedException">Nothing is there, it may not be read, or it is no captured machine.</exception>
    public static IMachineSource Open(string? root)
    {
        if (root is null)
        {
            return new RunningMachineSource();
        }

        if (File.Exists(root))
        {
            return CaptureArchive.Open(root);
        }

        if (!Directory.Exists(root))
        {
            throw new CommandFailedException(ExitCode.Failed, $"Cannot read the machine '{root}': there is no such file or directory. Take one that 'parker capture' wrote.");
        }

        DirectoryMachineSource source = new(root);
        return source.TryList("/proc", out _) == SourceStatus.Ok || source.TryList("/sys", out _) == SourceStatus.Ok
            ? source
            : throw new CommandFailedException(
                ExitCode.Refused,
                $"'{root}' is not a captured machine: neither the directory 'proc' nor 'sys' can be read in it. Take the directory into which a capture was unpacked.");
    }
}
