using Parker.Machine;

namespace Parker.Api.Topology;

/// <summary>Buses that can only be granted together, and whether they can.</summary>
public sealed record BusGrantDocument
{
    /// <summary>The buses.</summary>
    public required BusRangeDocument Buses { get; init; }

    /// <summary>The bridge on a root bus above them; null for a root bus, which is never granted.</summary>
    public required string? Port { get; init; }

    /// <summary>The functions on them.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>The NUMA node; null where the firmware does not tell.</summary>
    public required int? Node { get; init; }

    /// <summary><c>yes</c>, <c>with_iommu_unit</c> (to a partition that owns the unit above them) or <c>no</c>.</summary>
    public required string Grant { get; init; }

    /// <summary>What stands in the way, and what should be known.</summary>
    public required IReadOnlyList<GrantReasonDocument> Reasons { get; init; }

    /// <summary>The documents of the parts that are not this room's to know.</summary>
    /// <param name="buses">The buses.</param>
    /// <param name="port">The bridge above them.</param>
    /// <param name="functions">The functions on them.</param>
    /// <param name="node">The NUMA node.</param>
    /// <param name="grant">Whether they can be granted.</param>
    /// <param name="reasons">Why not.</param>
    public static BusGrantDocument Of(
        PciBusRange buses, PciAddress? port, IEnumerable<PciAddress> functions, int? node, GrantVerdict grant, IEnumerable<GrantReasonDocument> reasons) => new()
        {
            Buses = BusRangeDocument.Of(buses),
            Port = port?.ToString(),
            Functions = [.. functions.Select(function => function.ToString())],
            Node = node,
            Grant = ApiJson.NameOf(grant),
            Reasons = [.. reasons],
        };
}
