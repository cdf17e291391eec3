using Parker.Machine;

namespace Parker.Partition;

/// <summary>One range of a partition's memory, all of it on one node.</summary>
/// <param name="Range">Host-physical, start and length multiples of 2 MiB.</param>
/// <param name="Node">Its NUMA node, by the Boot Kernel's number.</param>
public sealed record PartitionMemory(PhysicalRange Range, int Node);
