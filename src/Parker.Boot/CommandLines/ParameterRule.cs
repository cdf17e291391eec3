using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.CommandLines;

/// <summary>One parameter that must not, or cannot, do in a partition what it does elsewhere.</summary>
/// <param name="Name">The parameter, with underscores; one that ends in a dot stands for all parameters of a module.</param>
/// <param name="Id">The diagnostic's id.</param>
/// <param name="Applies">Whether a value (null for a bare parameter) is meant, for a partition.</param>
/// <param name="Reason">What is wrong, behind <c>'name=value'</c>.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record ParameterRule(string Name, string Id, Func<string?, PartitionPlan, bool> Applies, string Reason, string Remedy)
{
    /// <summary>Whether the command line is refused: from CMD020 on the ids are of warnings.</summary>
    public DiagnosticSeverity Severity => string.CompareOrdinal(Id, "CMD020") < 0 ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    /// <summary>Whether the rule is about a parameter.</summary>
    /// <param name="name">Its name with underscores.</param>
    public bool Covers(string name) => Name.EndsWith('.') ? name.StartsWith(Name, StringComparison.Ordinal) : name == Name;
}
