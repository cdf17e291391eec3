using Parker.Machine;

namespace Parker.Partition;

/// <summary>One range of a partition's address map.</summary>
/// <param name="Range">Host-physical, which is partition-physical too; multiples of 4 KiB.</param>
/// <param name="Kind">What the Application Kernel may do with it.</param>
/// <param name="Purpose">What it is for, in a few words.</param>
public sealed record AddressMapEntry(PhysicalRange Range, AddressKind Kind, string Purpose);
