namespace Parker.Api.Partitions;

/// <summary>One range of a partition's memory.</summary>
/// <param name="Start">Its first address, host-physical.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Node">Its NUMA node, by the Boot Kernel's number.</param>
public sealed record PartitionMemoryDocument(string Start, ulong Length, int Node);
