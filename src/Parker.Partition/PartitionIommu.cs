using Parker.Machine;

namespace Parker.Partition;

/// <summary>An IOMMU unit that a partition owns, so that its kernel confines the partition's devices itself.</summary>
/// <param name="Registers">The unit's register page, host-physical.</param>
/// <param name="HostAddressWidth">DMAR's host address width in bits.</param>
/// <param name="Segment">The segment of the machine that the unit serves.</param>
public sealed record PartitionIommu(PhysicalAddress Registers, int HostAddressWidth, uint Segment)
{
    /// <summary>The segment number that the Application Kernel sees: as for its buses, one more than the machine's.</summary>
    public ushort ApplicationSegment => checked((ushort)(Segment + 1));
}
