using System.Text.Json.Serialization;

namespace Parker.Api.Partitions;

/// <summary>What a start took.</summary>
/// <param name="Partition">The partition as it is now.</param>
/// <param name="Phases">Milliseconds by phase.</param>
/// <param name="ZeroedBytes">The bytes that were zeroed.</param>
/// <param name="LoadedBytes">The bytes that were written and read back.</param>
public sealed record StartDocument(PartitionDocument Partition, StartPhasesDocument Phases, ulong ZeroedBytes, ulong LoadedBytes)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
