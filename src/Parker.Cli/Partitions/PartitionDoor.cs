using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Linux.Machines;
using Parker.Linux.Sources;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Reading;
using Parker.Partition;
using Parker.Runtime.Images;

namespace Parker.Cli.Partitions;

/// <summary>Opens the partitions of this machine for a verb, and turns what they answer into messages and exit codes.</summary>
internal static class PartitionDoor
{
    /// <summary>Does something with the partitions of this machine.</summary>
    /// <param name="surroundings">Notes go to standard error.</param>
    /// <param name="act">What to do.</param>
    /// <exception cref="CommandFailedException">It was refused or failed.</exception>
    public static T Use<T>(ProgramSurroundings surroundings, Func<PartitionService, T> act)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new CommandFailedException(ExitCode.NoAccess, "Partitions can only be seen and changed by root: they live in physical memory. Run this with sudo.");
        }

        StateFolder state = StateFolder.Open(StateFolder.DefaultPath);
        using LinuxMachine machine = new(state.Path);
        PartitionService service = new(state, machine, new BootImageSource(machine.Clock), () => TopologyReader.Read(new RunningMachineSource()));
        try
        {
            return act(service);
        }
        catch (RefusedException refused)
        {
            throw Refused(refused.Diagnostics);
        }
        catch (MachineException failed)
        {
            throw new CommandFailedException(ExitCode.Failed, failed.Message);
        }
        finally
        {
            foreach (string note in service.Notes)
            {
                surroundings.Error.WriteLine("parker: " + note);
            }
        }
    }

    /// <summary>Says why something was refused: every reason, each a line.</summary>
    public static CommandFailedException Refused(IEnumerable<Diagnostic> diagnostics) =>
        new(ExitCode.Refused, string.Join(Environment.NewLine + "parker: ", diagnostics.Select(diagnostic => diagnostic.ToString())));

    /// <summary>The name that an argument gives.</summary>
    /// <exception cref="CommandFailedException">It is no name.</exception>
    public static PartitionName ParseName(string text) =>
        PartitionName.TryParse(text, out PartitionName name)
            ? name
            : throw new CommandFailedException(ExitCode.Usage, $"'{text}' is no partition name: small letters, digits and '-', at most {PartitionName.MaxLength}, beginning with a letter or digit.");
}
