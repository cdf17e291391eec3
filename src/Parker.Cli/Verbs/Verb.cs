using System.CommandLine;

namespace Parker.Cli.Verbs;

/// <summary>A verb of the program with what its help says beyond the options.</summary>
/// <remarks>
/// Each verb has a file of its own with a static class <c>XVerb</c> and its <c>Create(ProgramSurroundings)</c>, which makes the options, sets the action
/// (returns an <see cref="ExitCode"/>, throws <see cref="CommandFailedException"/>) and is listed in <see cref="CommandTree"/>.
/// </remarks>
internal sealed class Verb : Command
{
    /// <summary>A verb.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="summary">One sentence for the list of verbs.</param>
    public Verb(string name, string summary)
        : base(name, summary)
    {
    }

    /// <summary>Paragraphs for the verb's own help; lines are wrapped when printed.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Command lines with what they do.</summary>
    public IReadOnlyList<(string CommandLine, string Effect)> Examples { get; init; } = [];
}
