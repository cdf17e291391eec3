using Parker.Partition;

namespace Parker.Planning.Difference;

/// <summary>A partition as it is before a plan is applied.</summary>
/// <param name="Plan">What it was given when it was defined.</param>
/// <param name="HoldsMachine">Whether its CPUs, memory and devices are claimed.</param>
/// <param name="MayRun">Whether its kernel may be running.</param>
public sealed record CurrentPartition(PartitionPlan Plan, bool HoldsMachine, bool MayRun)
{
    /// <summary>Whether its kernel is running, so that CPUs and memory can come and go.</summary>
    public bool IsRunning { get; init; }

    /// <summary>What is done for it without anybody asking.</summary>
    public PartitionPolicy Policy { get; init; } = PartitionPolicy.None;
}
