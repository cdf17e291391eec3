using Parker.Api.Topology;

namespace Parker.Api.Partitions;

/// <summary>One range of a partition's memory.</summary>
/// <param name="Range">Its addresses, host-physical.</param>
/// <param name="Node">Its NUMA node, by the Boot Kernel's number.</param>
public sealed record PartitionMemoryDocument(RangeDocument Range, int Node)
{
    /// <summary>Whether it has come while its kernel ran, and may go again.</summary>
    public bool Came { get; init; }
}
