namespace Parker.Machine.Topology;

/// <summary>The mode of the Boot Kernel's local APICs.</summary>
public enum LocalApicMode
{
    /// <summary>Registers in the page at 0xfee00000, 8-bit IDs.</summary>
    Xapic,

    /// <summary>Registers as MSRs, 32-bit IDs.</summary>
    X2apic,
}

/// <summary>How interrupts are delivered.</summary>
public sealed record InterruptFacts
{
    /// <summary>The mode the local APICs are in.</summary>
    public required Finding<LocalApicMode?> Mode { get; init; }

    /// <summary>Whether the firmware or the hardware forbids leaving x2APIC mode (IA32_XAPIC_DISABLE_STATUS bit 0).</summary>
    public required Finding<bool?> X2apicLocked { get; init; }

    /// <summary>Whether the Boot Kernel has interrupt remapping on.</summary>
    public required Finding<bool?> Remapping { get; init; }

    /// <summary>The MADT's processors by APIC ID, with the ACPI processor UID and whether they are enabled; empty where the table cannot be read.</summary>
    public required IReadOnlyList<MadtProcessor> Processors { get; init; }

    /// <summary>The I/O APICs of the MADT.</summary>
    public required IReadOnlyList<MadtIoApic> IoApics { get; init; }
}

/// <summary>A processor entry (type 0 or 9) of the MADT.</summary>
/// <param name="ApicId">Its APIC ID.</param>
/// <param name="Uid">ACPI processor UID.</param>
/// <param name="Enabled">Flags bit 0.</param>
/// <param name="OnlineCapable">Flags bit 1.</param>
public sealed record MadtProcessor(ApicId ApicId, uint Uid, bool Enabled, bool OnlineCapable);

/// <summary>An I/O APIC entry (type 1) of the MADT.</summary>
/// <param name="Id">The I/O APIC's ID.</param>
/// <param name="Address">Its registers, host-physical.</param>
/// <param name="GlobalInterruptBase">The first global system interrupt.</param>
public sealed record MadtIoApic(byte Id, PhysicalAddress Address, uint GlobalInterruptBase);
