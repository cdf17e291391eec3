using Parker.Partition;

namespace Parker.Planning.Difference;

/// <summary>What becomes of one partition.</summary>
public sealed record PartitionChange
{
    /// <summary>The partition.</summary>
    public required PartitionName Name { get; init; }

    /// <summary>What becomes of it.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>What it has now; null where it is new.</summary>
    public required CurrentPartition? Before { get; init; }

    /// <summary>What it gets; null where it is removed.</summary>
    public required PartitionPlan? After { get; init; }

    /// <summary>What of it changes, a line each: <c>cpus 4-5 -> 6-7</c>. Empty where nothing does, or it is new or removed.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Why it was placed there, a sentence each.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<PlannedStep> Steps { get; init; }

    /// <summary>Whether a kernel that may be running is stopped: all that a partition gets it gets when it starts.</summary>
    public bool StopsKernel => Steps.Any(step => step.Kind == PlannedStepKind.Stop);
}
