using System.Text.Json.Serialization;

namespace Parker.Api.Partitions;

/// <summary>All partitions.</summary>
/// <param name="Partitions">By name.</param>
public sealed record PartitionListDocument(IReadOnlyList<PartitionDocument> Partitions)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
