using System.Text.Json.Serialization;

namespace Parker.Api.Partitions;

/// <summary>What an operation would do: the answer to a dry run.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Operation">What was asked: <c>start</c>, <c>stop</c> or <c>destroy</c>.</param>
/// <param name="Actions">In the order in which they would be done; empty where nothing is to do.</param>
public sealed record PreviewDocument(string Partition, string Operation, IReadOnlyList<PreviewActionDocument> Actions)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
