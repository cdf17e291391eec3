namespace Parker.Machine.Topology;

/// <summary>The mode of the Boot Kernel's local APICs.</summary>
public enum LocalApicMode
{
    /// <summary>Registers in the page at 0xfee00000, 8-bit IDs.</summary>
    Xapic,

    /// <summary>Registers as MSRs, 32-bit IDs.</summary>
    X2apic,
}
