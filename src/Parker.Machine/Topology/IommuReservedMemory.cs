namespace Parker.Machine.Topology;

/// <summary>Memory that firmware wants some devices to reach always.</summary>
/// <param name="Range">Host-physical.</param>
/// <param name="Devices">The functions named.</param>
public sealed record IommuReservedMemory(PhysicalRange Range, IReadOnlyList<PciAddress> Devices);
