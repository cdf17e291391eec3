namespace Parker.Machine.Topology;

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
