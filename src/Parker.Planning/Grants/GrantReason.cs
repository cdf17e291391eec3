using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Planning.Grants;

/// <summary>Why buses or an IOMMU unit cannot be given to a partition, or only with a reservation.</summary>
/// <param name="Id">Stable: one of <see cref="GrantReasonId"/>.</param>
/// <param name="Severity">An error where it refuses, a warning where it does not.</param>
/// <param name="Functions">The functions that it is about, ascending; empty where it is about all of them.</param>
/// <param name="Seen">What was seen, and why it stands in the way: one or two sentences.</param>
/// <param name="Remedy">What would work; empty where nothing does.</param>
public sealed record GrantReason(string Id, DiagnosticSeverity Severity, IReadOnlyList<PciAddress> Functions, string Seen, string Remedy)
{
    /// <summary>Whether it refuses.</summary>
    public bool Refuses => Severity == DiagnosticSeverity.Error;

    /// <summary>Whether it falls away for a partition that owns the IOMMU unit above the buses.</summary>
    public bool OnlyWithoutUnit { get; init; }

    /// <summary>Whether it is about <paramref name="function"/>.</summary>
    public bool Concerns(PciAddress function) => Functions.Count == 0 || Functions.Contains(function);

    /// <summary>The same as a finding about <paramref name="place"/>.</summary>
    public Diagnostic ToDiagnostic(string place) => new(Id, Severity, place, Seen, Remedy);
}
