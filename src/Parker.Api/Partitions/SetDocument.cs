using System.Text.Json.Serialization;

namespace Parker.Api.Partitions;

/// <summary>What a change of CPUs and memory did.</summary>
/// <param name="Partition">The partition as it is now.</param>
/// <param name="Left">The CPUs that left it, a cpulist of the Boot Kernel's numbers; empty for none.</param>
/// <param name="Came">The CPUs that came to it; empty for none.</param>
/// <param name="ReleaseMs">Milliseconds until those that left were back in the Boot Kernel.</param>
/// <param name="ArrivalMs">Milliseconds from the end of what left until the partition's kernel knew those that came. Its user space brings them online.</param>
public sealed record SetDocument(PartitionDocument Partition, string Left, string Came, double ReleaseMs, double ArrivalMs)
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;

    /// <summary>The bytes of memory that left it.</summary>
    public ulong MemoryLeftBytes { get; init; }

    /// <summary>The bytes of memory that came to it.</summary>
    public ulong MemoryCameBytes { get; init; }

    /// <summary>Milliseconds until the memory that left was zeroed and in the pool again.</summary>
    public double MemoryReleaseMs { get; init; }

    /// <summary>Milliseconds from the end of what left until the partition's kernel had added the memory that came, zeroed before.</summary>
    public double MemoryArrivalMs { get; init; }

    /// <summary>The bytes of memory that came and that its kernel has not brought online; null where it does not tell.</summary>
    public ulong? OfflineMemoryBytes { get; init; }
}
