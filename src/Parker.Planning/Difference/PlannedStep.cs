using Parker.Partition;

namespace Parker.Planning.Difference;

/// <summary>One step of a plan.</summary>
/// <param name="Order">When it is taken among the steps of all partitions, from 1: what is given up comes before what is taken.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Plan">What the partition has or gets then.</param>
/// <param name="Details">What that means for the machine, a line each.</param>
public sealed record PlannedStep(int Order, PlannedStepKind Kind, PartitionPlan Plan, IReadOnlyList<string> Details)
{
    /// <summary>What is done for the partition then without anybody asking.</summary>
    public PartitionPolicy Policy { get; init; } = PartitionPolicy.None;
}
