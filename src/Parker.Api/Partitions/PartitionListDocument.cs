namespace Parker.Api.Partitions;

/// <summary>All partitions.</summary>
/// <param name="Partitions">By name.</param>
public sealed record PartitionListDocument(IReadOnlyList<PartitionDocument> Partitions);
