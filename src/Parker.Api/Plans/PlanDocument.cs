using System.Text.Json.Serialization;

namespace Parker.Api.Plans;

/// <summary>The difference between a configuration and a machine.</summary>
/// <param name="Hash">32 hexadecimal digits that change with everything that applying it would do or rests on.</param>
/// <param name="Changes">What becomes of each partition, by name.</param>
/// <param name="Diagnostics">Warnings about configuration and machine.</param>
public sealed record PlanDocument(string Hash, IReadOnlyList<PlanChangeDocument> Changes, IReadOnlyList<DiagnosticDocument> Diagnostics)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
