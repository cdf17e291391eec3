using Parker.Api;
using Parker.Api.Client;
using Parker.Api.Problems;
using Parker.Cli.Output;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Cli.Partitions;

/// <summary>Speaks with the daemon for a verb, and turns what it answers into messages and exit codes.</summary>
internal static class PartitionDoor
{
    /// <summary>Does something with the partitions of this machine.</summary>
    /// <param name="surroundings">Notes go to standard error.</param>
    /// <param name="act">What to do.</param>
    /// <exception cref="CommandFailedException">It was refused or failed, or there is no daemon.</exception>
    public static T Use<T>(ProgramSurroundings surroundings, Func<ParkerClient, T> act)
    {
        ParkerClient client = new(surroundings.SocketPath);
        try
        {
            return act(client);
        }
        catch (ProblemException problem)
        {
            throw Failed(problem.Problem);
        }
        catch (DaemonUnreachableException unreachable)
        {
            throw new CommandFailedException(ExitCode.NoAccess, unreachable.Message);
        }
        finally
        {
            foreach (string note in client.Notes)
            {
                surroundings.Error.WriteLine("parker: " + PlainText.Of(note));
            }
        }
    }

    /// <summary>Says why something was refused: every reason, each a line.</summary>
    public static CommandFailedException Refused(IEnumerable<Diagnostic> diagnostics) => Refused(diagnostics.Select(DiagnosticDocument.Of));

    /// <summary>The name that an argument gives.</summary>
    /// <exception cref="CommandFailedException">It is no name.</exception>
    public static PartitionName ParseName(string text) =>
        PartitionName.TryParse(text, out PartitionName name)
            ? name
            : throw new CommandFailedException(ExitCode.Usage, $"'{text}' is no partition name: small letters, digits and '-', at most {PartitionName.MaxLength}, beginning with a letter or digit.");

    /// <summary>The names that arguments give, each once; all are looked at before anything is done with the first.</summary>
    /// <exception cref="CommandFailedException">One is no name.</exception>
    public static IReadOnlyList<PartitionName> ParseNames(IEnumerable<string> texts) => [.. texts.Select(ParseName).Distinct()];

    private static CommandFailedException Refused(IEnumerable<DiagnosticDocument> diagnostics) =>
        new(ExitCode.Refused, string.Join(Environment.NewLine + "parker: ", diagnostics.Select(diagnostic => diagnostic.ToString())));

    private static CommandFailedException Failed(ProblemDocument problem) => problem switch
    {
        { Diagnostics.Count: > 0 } => Refused(problem.Diagnostics),
        { Type: ProblemType.Bug } => new(ExitCode.Failed, $"This is a bug of Parker's daemon, not of what you did: {problem.Detail} Please report it; its messages have more ('journalctl -u parker')."),
        _ => new(ExitCode.Failed, problem.Detail),
    };
}
