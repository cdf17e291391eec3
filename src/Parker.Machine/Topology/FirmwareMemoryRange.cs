namespace Parker.Machine.Topology;

/// <summary>One entry of <c>/sys/firmware/memmap</c>.</summary>
/// <param name="Range">Host-physical.</param>
/// <param name="Type">The kernel's name for the e820 type, such as <c>System RAM</c>, <c>Reserved</c>, <c>Soft Reserved</c>.</param>
public sealed record FirmwareMemoryRange(PhysicalRange Range, string Type);
