using Parker.Daemon.Partitions;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime.Journal;

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
        try
        {
            using PartitionAccess access = surroundings.OpenPartitions();
            try
            {
                return act(access.Service);
            }
            finally
            {
                foreach (string note in access.Service.Notes)
                {
                    surroundings.Error.WriteLine("parker: " + note);
                }
            }
        }
        catch (RefusedException refused)
        {
            throw Refused(refused.Diagnostics);
        }
        catch (Exception failed) when (failed is MachineException or JournalCorruptException)
        {
            throw new CommandFailedException(ExitCode.Failed, failed.Message);
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

    /// <summary>The names that arguments give, each once; all are looked at before anything is done with the first.</summary>
    /// <exception cref="CommandFailedException">One is no name.</exception>
    public static IReadOnlyList<PartitionName> ParseNames(IEnumerable<string> texts) => [.. texts.Select(ParseName).Distinct()];
}
