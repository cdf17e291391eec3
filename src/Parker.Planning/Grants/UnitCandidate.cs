using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Grants;

/// <summary>An IOMMU unit, and whether a partition can own it.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="HostAddressWidth">DMAR's host address width in bits.</param>
/// <param name="Buses">The buses with functions whose DMA goes through it. A partition that owns it holds all of these and no others.</param>
/// <param name="Reasons">What stands in the way, by id.</param>
public sealed record UnitCandidate(IommuUnit Unit, int HostAddressWidth, IReadOnlyList<BusCandidate> Buses, IReadOnlyList<GrantReason> Reasons)
{
    /// <summary>Whether a partition that is granted all of <see cref="Buses"/> can own the unit.</summary>
    public bool CanBeOwned => !Reasons.Any(reason => reason.Refuses);

    /// <summary>Whether these buses and no others are behind the unit.</summary>
    public bool CoversExactly(IReadOnlyCollection<BusCandidate> buses)
    {
        ArgumentNullException.ThrowIfNull(buses);
        return Buses.Count == buses.Count && Buses.All(mine => buses.Any(bus => bus.Buses == mine.Buses));
    }

    /// <summary>The unit as a plan holds it.</summary>
    /// <exception cref="InvalidOperationException">It cannot be owned.</exception>
    public PartitionIommu ToPartitionIommu() =>
        CanBeOwned
            ? new PartitionIommu(Unit.Registers, HostAddressWidth, Unit.Segment)
            : throw new InvalidOperationException($"The IOMMU unit at {Unit.Registers} cannot be owned.");
}
