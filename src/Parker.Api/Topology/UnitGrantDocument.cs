using Parker.Machine;

namespace Parker.Api.Topology;

/// <summary>An IOMMU unit, and whether a partition can own it.</summary>
/// <param name="Registers">The unit's register base.</param>
/// <param name="CanBeOwned">Whether a partition that is granted all of <paramref name="Buses"/> can own it.</param>
/// <param name="Buses">The buses behind it.</param>
/// <param name="Reasons">What stands in the way.</param>
public sealed record UnitGrantDocument(string Registers, bool CanBeOwned, IReadOnlyList<BusRangeDocument> Buses, IReadOnlyList<GrantReasonDocument> Reasons)
{
    /// <summary>The document of a unit.</summary>
    /// <param name="registers">The unit's register base.</param>
    /// <param name="canBeOwned">Whether it can be owned.</param>
    /// <param name="buses">The buses behind it.</param>
    /// <param name="reasons">Why not.</param>
    public static UnitGrantDocument Of(PhysicalAddress registers, bool canBeOwned, IEnumerable<PciBusRange> buses, IEnumerable<GrantReasonDocument> reasons) =>
        new(registers.ToString(), canBeOwned, [.. buses.Select(BusRangeDocument.Of)], [.. reasons]);
}
