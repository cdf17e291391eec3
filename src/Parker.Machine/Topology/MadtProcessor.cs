namespace Parker.Machine.Topology;

/// <summary>A processor entry (type 0 or 9) of the MADT.</summary>
/// <param name="ApicId">Its APIC ID.</param>
/// <param name="Uid">ACPI processor UID.</param>
/// <param name="Enabled">Flags bit 0.</param>
/// <param name="OnlineCapable">Flags bit 1.</param>
public sealed record MadtProcessor(ApicId ApicId, uint Uid, bool Enabled, bool OnlineCapable);
