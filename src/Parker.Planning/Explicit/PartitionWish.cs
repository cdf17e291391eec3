using Parker.Machine;
using Parker.Partition;

namespace Parker.Planning.Explicit;

/// <summary>What is wanted of a partition: each resource named, or how much of it.</summary>
public sealed record PartitionWish
{
    /// <summary>Its name.</summary>
    public required PartitionName Name { get; init; }

    /// <summary>The CPUs, by the Boot Kernel's numbers; null where <see cref="CpuCount"/> says how many.</summary>
    public CpuSet? Cpus { get; init; }

    /// <summary>How many CPUs; used where <see cref="Cpus"/> is null.</summary>
    public int CpuCount { get; init; }

    /// <summary>How many CPUs it may have while it runs; null where its CPUs stay what they are.</summary>
    public int? CpusMax { get; init; }

    /// <summary>The memory ranges, host-physical; empty where <see cref="MemorySize"/> says how much.</summary>
    public IReadOnlyList<PhysicalRange> MemoryRanges { get; init; } = [];

    /// <summary>How much memory; used where <see cref="MemoryRanges"/> is empty.</summary>
    public ByteSize MemorySize { get; init; }

    /// <summary>How much memory it may have while it runs; null where its memory stays what it is.</summary>
    public ByteSize? MemoryMax { get; init; }

    /// <summary>The NUMA node for CPUs and memory that are counted; null for the one that fits best.</summary>
    public int? Node { get; init; }

    /// <summary>PCI functions; each brings its whole bus.</summary>
    public IReadOnlyList<PciAddress> Devices { get; init; } = [];

    /// <summary>The base port of a UART; null for none.</summary>
    public ushort? UartPort { get; init; }

    /// <summary>The kernel's file.</summary>
    public required string KernelPath { get; init; }

    /// <summary>The initrd files.</summary>
    public IReadOnlyList<string> InitrdPaths { get; init; } = [];

    /// <summary>The user's part of the command line.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>Where it was written; null where it has no place but its name, as on a command line.</summary>
    public WishPlaces? Places { get; init; }
}
