namespace Parker.Machine.Topology;

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

    /// <summary>DMAR flag bit 0: the platform can remap interrupts. False where there is no DMAR table.</summary>
    public bool FirmwareAllowsRemapping { get; init; }

    /// <summary>DMAR flag bit 1: the firmware asks the kernel to leave x2APIC mode alone.</summary>
    public bool FirmwareOptsOutOfX2apic { get; init; }

    /// <summary>The unit that translates for a function: the one that names it, else the one of its segment that takes all the others; null where there is none.</summary>
    public IommuUnit? UnitOf(PciAddress function) =>
        Units.FirstOrDefault(unit => unit.Names(function)) ?? Units.FirstOrDefault(unit => unit.IncludesAll && unit.Segment == function.Segment);
}
