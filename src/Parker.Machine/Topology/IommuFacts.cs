namespace Parker.Machine.Topology;

/// <summary>The kind of an IOMMU unit.</summary>
public enum IommuKind
{
    /// <summary>Intel VT-d, from the DMAR table.</summary>
    IntelVtd,

    /// <summary>AMD-Vi, from the IVRS table.</summary>
    AmdVi,
}

/// <summary>The IOMMU units of the machine, as the firmware's tables list them.</summary>
public sealed record IommuFacts
{
    /// <summary>The units; empty where the machine has none or the tables cannot be read.</summary>
    public required IReadOnlyList<IommuUnit> Units { get; init; }

    /// <summary>Whether the Boot Kernel drives them (entries in <c>/sys/class/iommu</c>).</summary>
    public required Finding<bool?> DrivenByBootKernel { get; init; }

    /// <summary>Memory that firmware wants devices to reach always (RMRR; IVMD), with the devices, host-physical.</summary>
    public required IReadOnlyList<IommuReservedMemory> ReservedMemory { get; init; }

    /// <summary>DMAR's host address width in bits; 0 where there is no DMAR table.</summary>
    public required int HostAddressWidth { get; init; }
}

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

/// <summary>Memory that firmware wants some devices to reach always.</summary>
/// <param name="Range">Host-physical.</param>
/// <param name="Devices">The functions named.</param>
public sealed record IommuReservedMemory(PhysicalRange Range, IReadOnlyList<PciAddress> Devices);
