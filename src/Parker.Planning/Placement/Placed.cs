using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>Where a partition was placed.</summary>
/// <param name="Plan">What it gets.</param>
/// <param name="Choices">Why, a sentence each; what was named needs none.</param>
public sealed record Placed(PartitionPlan Plan, IReadOnlyList<string> Choices)
{
    /// <summary>Whether it has this plan without a restart: only its CPUs and memory differ.</summary>
    public bool IsResized { get; init; }
}
