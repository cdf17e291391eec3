using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>One core whose threads are all free to be given away.</summary>
/// <param name="Threads">Its threads, by number.</param>
/// <param name="FitsXapic">Whether the APIC IDs of all of them reach a kernel without an IOMMU unit of its own.</param>
internal sealed record FreeCore(IReadOnlyList<PartitionCpu> Threads, bool FitsXapic);
