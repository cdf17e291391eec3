using Parker.Partition;

namespace Parker.Runtime.Elasticity;

/// <summary>What leaves a partition and what comes to it while it runs.</summary>
/// <param name="CpusLeaving">The CPUs that leave.</param>
/// <param name="CpusComing">The CPUs that come.</param>
/// <param name="MemoryLeaving">The memory that leaves.</param>
/// <param name="MemoryComing">The memory that comes.</param>
internal sealed record ElasticChange(IReadOnlyList<PartitionCpu> CpusLeaving, IReadOnlyList<PartitionCpu> CpusComing, IReadOnlyList<AddedMemory> MemoryLeaving, IReadOnlyList<AddedMemory> MemoryComing)
{
    /// <summary>Whether CPUs come or go.</summary>
    public bool IsOfCpus => CpusLeaving.Count + CpusComing.Count > 0;

    /// <summary>Whether memory comes or goes.</summary>
    public bool IsOfMemory => MemoryLeaving.Count + MemoryComing.Count > 0;

    /// <summary>Whether all stays as it is.</summary>
    public bool IsNothing => !IsOfCpus && !IsOfMemory;

    /// <summary>From one plan of a partition to another.</summary>
    public static ElasticChange Between(PartitionPlan before, PartitionPlan after) => new(
        [.. before.Cpus.Except(after.Cpus)],
        [.. after.Cpus.Except(before.Cpus)],
        [.. before.AddedMemory.Except(after.AddedMemory)],
        [.. after.AddedMemory.Except(before.AddedMemory)]);
}
