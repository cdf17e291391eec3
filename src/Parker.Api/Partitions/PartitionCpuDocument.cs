namespace Parker.Api.Partitions;

/// <summary>One CPU of a partition.</summary>
/// <param name="Number">Its number in the Boot Kernel.</param>
/// <param name="ApicId">Its APIC ID.</param>
/// <param name="Node">Its NUMA node, by the Boot Kernel's number.</param>
public sealed record PartitionCpuDocument(int Number, uint ApicId, int Node);
