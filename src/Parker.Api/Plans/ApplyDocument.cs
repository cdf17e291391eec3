using System.Text.Json.Serialization;

namespace Parker.Api.Plans;

/// <summary>What was done to carry out a plan.</summary>
/// <param name="Hash">The plan's hash.</param>
/// <param name="Steps">The steps that were taken, in order; with a dry run those that would be.</param>
public sealed record ApplyDocument(string Hash, IReadOnlyList<AppliedStepDocument> Steps)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;
}
