using System.CommandLine;
using Parker.Cli.Partitions;
using Parker.Partition;

namespace Parker.Cli.Options;

/// <summary>Names of partitions, or <c>--all</c>.</summary>
internal sealed class PartitionChoice
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "The partitions.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all;

    /// <summary>Adds both to a verb, which takes one of them.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="all">What <c>--all</c> is.</param>
    public PartitionChoice(Command verb, string all)
    {
        _all = new Option<bool>("--all") { Description = all };
        verb.Add(_names);
        verb.Add(_all);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(_all) == (result.GetValue(_names) is { Length: > 0 }))
            {
                result.AddError("Name partitions, or give --all; not both.");
            }
        });
    }

    /// <summary>Whether all are meant.</summary>
    public bool IsAll(ParseResult parsed) => parsed.GetValue(_all);

    /// <summary>The names that were given, each once.</summary>
    /// <exception cref="CommandFailedException">One is no name.</exception>
    public IReadOnlyList<PartitionName> Named(ParseResult parsed) => PartitionDoor.ParseNames(parsed.GetRequiredValue(_names));
}
