using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Linux.Machines;
using Parker.Linux.Sources;
using Parker.Machine.Topology.Reading;
using Parker.Runtime.Images;

namespace Parker.Cli.Partitions;

/// <summary>The partitions of a machine, opened for one verb.</summary>
/// <param name="service">What can be done with them.</param>
/// <param name="machine">Closed with this; null where there is nothing to close.</param>
internal sealed class PartitionAccess(PartitionService service, IDisposable? machine = null) : IDisposable
{
    /// <summary>What can be done with them.</summary>
    public PartitionService Service => service;

    /// <summary>Opens the partitions of this machine.</summary>
    /// <param name="isPrivileged">Whether the process has root's rights.</param>
    /// <exception cref="CommandFailedException">It does not have them.</exception>
    public static PartitionAccess OfThisMachine(bool isPrivileged)
    {
        if (!isPrivileged)
        {
            throw new CommandFailedException(ExitCode.NoAccess, "Partitions can only be seen and changed by root: they live in physical memory. Run this with sudo.");
        }

        StateFolder state = StateFolder.Open(StateFolder.DefaultPath);
        LinuxMachine machine = new(state.Path);
        return new PartitionAccess(new PartitionService(state, machine, new BootImageSource(machine.Clock), () => TopologyReader.Read(new RunningMachineSource())), machine);
    }

    /// <inheritdoc/>
    public void Dispose() => machine?.Dispose();
}
