using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology;

/// <summary>What a machine is made of, as its Boot Kernel shows it, read once.</summary>
/// <remarks>Every list is sorted by its first key, so that the same machine gives the same value. Addresses are host-physical.</remarks>
public sealed record MachineTopology
{
    /// <summary>Maker and model, from the DMI table.</summary>
    public required MachineIdentity Identity { get; init; }

    /// <summary>The Boot Kernel.</summary>
    public required KernelFacts Kernel { get; init; }

    /// <summary>What all CPUs have in common.</summary>
    public required ProcessorFacts Processor { get; init; }

    /// <summary>Every logical CPU that is present, online or not, by number.</summary>
    public required IReadOnlyList<LogicalCpu> Cpus { get; init; }

    /// <summary>The caches, each once, by level, kind and first CPU.</summary>
    public required IReadOnlyList<CpuCache> Caches { get; init; }

    /// <summary>The NUMA nodes by number; one node 0 where the kernel shows none.</summary>
    public required IReadOnlyList<NumaNode> Nodes { get; init; }

    /// <summary>Physical memory.</summary>
    public required MemoryMap Memory { get; init; }

    /// <summary>How interrupts are delivered.</summary>
    public required InterruptFacts Interrupts { get; init; }

    /// <summary>The IOMMU units.</summary>
    public required IommuFacts Iommu { get; init; }

    /// <summary>PCI.</summary>
    public required PciFacts Pci { get; init; }

    /// <summary>The time stamp counter's frequency.</summary>
    public required TscFacts Tsc { get; init; }

    /// <summary>What could not be read or was odd, each with the file's path.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }
}
