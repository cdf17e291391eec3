using System.CommandLine;
using Parker.Cli.Help;

namespace Parker.Package.Completion;

/// <summary>What a shell offers for an argument or for the value of an option, told by what stands for it in the help.</summary>
/// <param name="Kind">What kind it is.</param>
/// <param name="Words">The words, where it is one of some.</param>
internal sealed record CompletedValue(CompletedKind Kind, IReadOnlyList<string> Words)
{
    /// <summary>The command that prints the names of partitions, a line each; nothing where there is no daemon.</summary>
    public const string ListPartitions = "parker list 2>/dev/null | sed '1d;s/ .*//'";

    // The one verb whose name is a new one.
    private const string Creates = "create";

    /// <summary>What is offered for an argument of a verb.</summary>
    public static CompletedValue Of(Argument argument, Command verb)
    {
        ArgumentNullException.ThrowIfNull(verb);
        string name = CommandText.NameOf(argument);
        return name != "NAME" ? Of(name) : new CompletedValue(verb.Name == Creates ? CompletedKind.Nothing : CompletedKind.Partitions, []);
    }

    /// <summary>What is offered for the value of an option; null where it takes none.</summary>
    public static CompletedValue? Of(Option option) => CommandText.ValueOf(option) is string placeholder ? Of(placeholder) : null;

    // What is typed as it stands is in small letters, what stands for something else in capital ones.
    private static CompletedValue Of(string placeholder)
    {
        string[] parts = placeholder.Split('|');
        return parts.All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterLower(letter) || letter == '-'))
            ? new CompletedValue(CompletedKind.Words, parts)
            : new CompletedValue(placeholder == "DIR" ? CompletedKind.Folders : parts.Any(part => part.StartsWith("FILE", StringComparison.Ordinal)) ? CompletedKind.Files : CompletedKind.Nothing, []);
    }
}
