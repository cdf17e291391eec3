namespace Parker.Machine.Topology;

/// <summary>One IOMMU unit (DRHD or IVHD).</summary>
/// <param name="Kind">Whose design.</param>
/// <param name="Registers">Its register base, host-physical.</param>
/// <param name="Segment">The PCI segment it serves.</param>
/// <param name="IncludesAll">Whether it takes all devices of the segment that no other unit names (INCLUDE_PCI_ALL; an IVHD entry for all devices).</param>
/// <param name="Buses">The buses that are wholly in its scope by name: behind the bridges that it names, or within its ranges.</param>
/// <param name="Devices">The existing functions that it names one by one, bridges too.</param>
public sealed record IommuUnit(
    IommuKind Kind,
    PhysicalAddress Registers,
    uint Segment,
    bool IncludesAll,
    IReadOnlyList<PciBusRange> Buses,
    IReadOnlyList<PciAddress> Devices)
{
    /// <summary>The unit's own PCI function, where it has one (AMD).</summary>
    public PciAddress? Function { get; init; }

    /// <summary>The name under which the Boot Kernel drives it for DMA (<c>dmar0</c>, <c>ivhd0</c> in <c>/sys/class/iommu</c>); empty where it does not.</summary>
    public string BootKernelName { get; init; } = "";

    /// <summary>The I/O APICs whose interrupts it remaps, by their IDs.</summary>
    public IReadOnlyList<byte> IoApicIds { get; init; } = [];

    /// <summary>Whether the firmware's table names the function, itself or with its bus; <see cref="IncludesAll"/> left aside.</summary>
    public bool Names(PciAddress function) =>
        function.Segment == Segment && (Devices.Contains(function) || Buses.Any(range => range.Contains(function)));
}
