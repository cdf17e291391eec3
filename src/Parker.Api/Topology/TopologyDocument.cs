using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>What a machine is made of.</summary>
public sealed record TopologyDocument
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Always <see cref="CurrentVersion"/> in what this program writes.</summary>
    public required int Version { get; init; }

    /// <summary>Maker and model.</summary>
    public required MachineDocument Machine { get; init; }

    /// <summary>The Boot Kernel.</summary>
    public required KernelDocument Kernel { get; init; }

    /// <summary>What all CPUs have in common.</summary>
    public required ProcessorDocument Processor { get; init; }

    /// <summary>Every logical CPU, by number.</summary>
    public required IReadOnlyList<CpuDocument> Cpus { get; init; }

    /// <summary>Every cache, once, by level, kind and first CPU.</summary>
    public required IReadOnlyList<CacheDocument> Caches { get; init; }

    /// <summary>The NUMA nodes, by number.</summary>
    public required IReadOnlyList<NodeDocument> Nodes { get; init; }

    /// <summary>Physical memory.</summary>
    public required MemoryDocument Memory { get; init; }

    /// <summary>How interrupts are delivered.</summary>
    public required InterruptsDocument Interrupts { get; init; }

    /// <summary>The IOMMU units.</summary>
    public required IommuDocument Iommu { get; init; }

    /// <summary>PCI.</summary>
    public required PciDocument Pci { get; init; }

    /// <summary>The time stamp counter.</summary>
    public required TscDocument Tsc { get; init; }

    /// <summary>What of it can be granted to partitions.</summary>
    public required GrantsDocument Grants { get; init; }

    /// <summary>What could not be read or was odd.</summary>
    public required IReadOnlyList<DiagnosticDocument> Diagnostics { get; init; }

    /// <summary>The document of a topology.</summary>
    /// <param name="topology">The machine.</param>
    /// <param name="grants">What of it can be granted.</param>
    public static TopologyDocument Of(MachineTopology topology, GrantsDocument grants)
    {
        ArgumentNullException.ThrowIfNull(topology);
        return new()
        {
            Version = CurrentVersion,
            Machine = MachineDocument.Of(topology.Identity),
            Kernel = KernelDocument.Of(topology.Kernel),
            Processor = ProcessorDocument.Of(topology.Processor),
            Cpus = [.. topology.Cpus.Select(CpuDocument.Of)],
            Caches = [.. topology.Caches.Select(CacheDocument.Of)],
            Nodes = [.. topology.Nodes.Select(NodeDocument.Of)],
            Memory = MemoryDocument.Of(topology.Memory),
            Interrupts = InterruptsDocument.Of(topology.Interrupts),
            Iommu = IommuDocument.Of(topology.Iommu),
            Pci = PciDocument.Of(topology.Pci),
            Tsc = TscDocument.Of(topology.Tsc),
            Grants = grants,
            Diagnostics = [.. topology.Diagnostics.Select(DiagnosticDocument.Of)],
        };
    }
}
