using Parker.Machine;

namespace Parker.Planning.Configuration;

/// <summary>The CPUs that are not given to partitions by count: the Boot Kernel needs some for its own work on each node that it has memory on.</summary>
/// <remarks>A partition that names its CPUs may have them all the same; the core of the boot CPU is never given away by count, and the boot CPU never at all.</remarks>
public sealed record BootKernelShare
{
    /// <summary>What a configuration that does not say otherwise means: one core on each node.</summary>
    public static BootKernelShare Default { get; } = new();

    /// <summary>Cores on each node that the Boot Kernel has memory on, the first ones of the node.</summary>
    public int CoresPerNode { get; init; } = 1;

    /// <summary>CPUs that stay its own beside those, by its numbers.</summary>
    public CpuSet Cpus { get; init; } = CpuSet.Empty;
}
