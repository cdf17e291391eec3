using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Api.Topology;

/// <summary>Why buses or an IOMMU unit cannot be given to a partition, or only with a reservation.</summary>
/// <param name="Id">Stable; docs/diagnostics.md lists all.</param>
/// <param name="Severity"><c>error</c> where it refuses, else <c>warning</c>.</param>
/// <param name="Functions">The functions that it is about; empty where it is about all.</param>
/// <param name="Message">What was seen, and why it stands in the way.</param>
/// <param name="Remedy">What would work; empty where nothing does.</param>
/// <param name="OnlyWithoutIommuUnit">Whether it falls away for a partition that owns the IOMMU unit above.</param>
public sealed record GrantReasonDocument(string Id, string Severity, IReadOnlyList<string> Functions, string Message, string Remedy, bool OnlyWithoutIommuUnit)
{
    /// <summary>The document of a reason.</summary>
    /// <param name="diagnostic">The reason as a finding.</param>
    /// <param name="functions">The functions that it is about.</param>
    /// <param name="onlyWithoutIommuUnit">Whether an owned unit clears it away.</param>
    public static GrantReasonDocument Of(Diagnostic diagnostic, IEnumerable<PciAddress> functions, bool onlyWithoutIommuUnit)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return new(
            diagnostic.Id, ApiJson.NameOf(diagnostic.Severity), [.. functions.Select(function => function.ToString())], diagnostic.Message, diagnostic.Remedy, onlyWithoutIommuUnit);
    }
}
