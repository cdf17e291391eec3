using Parker.Machine;

namespace Parker.Firmware.MemoryMaps;

/// <summary>One entry of an e820 map.</summary>
/// <param name="Range">Host-physical, which is partition-physical too.</param>
/// <param name="Type">What may be done with it.</param>
public readonly record struct E820Entry(PhysicalRange Range, E820Type Type);
