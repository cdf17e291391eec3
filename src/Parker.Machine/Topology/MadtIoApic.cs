namespace Parker.Machine.Topology;

/// <summary>An I/O APIC entry (type 1) of the MADT.</summary>
/// <param name="Id">The I/O APIC's ID.</param>
/// <param name="Address">Its registers, host-physical.</param>
/// <param name="GlobalInterruptBase">The first global system interrupt.</param>
public sealed record MadtIoApic(byte Id, PhysicalAddress Address, uint GlobalInterruptBase);
