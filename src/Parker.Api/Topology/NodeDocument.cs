using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One NUMA node.</summary>
public sealed record NodeDocument
{
    /// <summary>The Boot Kernel's number.</summary>
    public required int Node { get; init; }

    /// <summary>The firmware's number for it; null where the firmware tells of no nodes.</summary>
    public required uint? ProximityDomain { get; init; }

    /// <summary>Its CPUs, online and offline, as a cpulist.</summary>
    public required string Cpus { get; init; }

    /// <summary>Its RAM, the pool with it.</summary>
    public required IReadOnlyList<RangeDocument> Memory { get; init; }

    /// <summary>What the Boot Kernel uses of it.</summary>
    public required ulong BootKernelBytes { get; init; }

    /// <summary>Distances to every node, in the order of the list of nodes; 10 is itself.</summary>
    public required IReadOnlyList<int> Distances { get; init; }

    internal static NodeDocument Of(NumaNode node) => new()
    {
        Node = node.Number,
        ProximityDomain = node.ProximityDomain,
        Cpus = node.Cpus.ToString(),
        Memory = RangeDocument.Of(node.Memory),
        BootKernelBytes = node.BootKernelMemory.Bytes,
        Distances = node.Distances,
    };
}
