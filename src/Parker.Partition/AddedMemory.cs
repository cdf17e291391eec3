using Parker.Machine;

namespace Parker.Partition;

/// <summary>A piece of memory that has come to a partition while it runs, and that may go again.</summary>
/// <param name="Place">The place of its device in the DSDT, from 0; below <see cref="PartitionPlan.MemoryPlaces"/>.</param>
/// <param name="Range">Host-physical, of <see cref="ElasticMemory.Step"/>, and starting at one of the kernel's memory blocks.</param>
/// <param name="Node">Its NUMA node, by the Boot Kernel's number.</param>
public sealed record AddedMemory(int Place, PhysicalRange Range, int Node);
