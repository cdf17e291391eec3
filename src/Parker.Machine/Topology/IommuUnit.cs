namespace Parker.Machine.Topology;

/// <summary>One IOMMU unit (DRHD or IVHD).</summary>
/// <param name="Kind">Whose design.</param>
/// <param name="Registers">Its register base, host-physical.</param>
/// <param name="Segment">The PCI segment it serves.</param>
/// <param name="IncludesAll">Whether it takes all devices of the segment that no other unit names (INCLUDE_PCI_ALL).</param>
/// <param name="Buses">The buses in its scope: of each device or bridge that it names the bus, and for a bridge all buses behind it.</param>
/// <param name="Devices">The functions it names.</param>
public sealed record IommuUnit(
    IommuKind Kind,
    PhysicalAddress Registers,
    uint Segment,
    bool IncludesAll,
    IReadOnlyList<PciBusRange> Buses,
    IReadOnlyList<PciAddress> Devices);
