using Parker.Partition;

namespace Parker.Runtime;

/// <summary>What a change of CPUs and memory did.</summary>
public sealed record ResizeReport
{
    /// <summary>The CPUs that left; the Boot Kernel has them again.</summary>
    public IReadOnlyList<PartitionCpu> Left { get; init; } = [];

    /// <summary>The CPUs that came; the partition's kernel knows them.</summary>
    public IReadOnlyList<PartitionCpu> Came { get; init; } = [];

    /// <summary>How long it took until those that left were back in the Boot Kernel.</summary>
    public TimeSpan Release { get; init; }

    /// <summary>How long it took from the end of all releases until its kernel knew those that came.</summary>
    public TimeSpan Arrival { get; init; }

    /// <summary>The memory that left; it is zeroed and in the pool again.</summary>
    public IReadOnlyList<AddedMemory> MemoryLeft { get; init; } = [];

    /// <summary>The memory that came; the partition's kernel has added it.</summary>
    public IReadOnlyList<AddedMemory> MemoryCame { get; init; } = [];

    /// <summary>How long it took until the memory that left was in the pool again.</summary>
    public TimeSpan MemoryRelease { get; init; }

    /// <summary>How long it took from the end of all releases until its kernel had added the memory that came.</summary>
    public TimeSpan MemoryArrival { get; init; }
}
