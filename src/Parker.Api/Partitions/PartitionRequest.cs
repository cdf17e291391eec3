namespace Parker.Api.Partitions;

/// <summary>What is wanted of a new partition.</summary>
public sealed record PartitionRequest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>A count, or a cpulist of the Boot Kernel's numbers.</summary>
    public required string Cpus { get; init; }

    /// <summary>A size, or ranges of the pool as <c>SIZE@0xADDRESS</c>, separated by commas.</summary>
    public required string Memory { get; init; }

    /// <summary>The NUMA node to take CPUs and memory from; null for any.</summary>
    public int? Node { get; init; }

    /// <summary>Devices by PCI address; each brings its whole bus.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>The base port of a UART to grant; null for none.</summary>
    public string? Uart { get; init; }

    /// <summary>The kernel's file.</summary>
    public required string Kernel { get; init; }

    /// <summary>The initrd files.</summary>
    public IReadOnlyList<string> Initrd { get; init; } = [];

    /// <summary>The user's part of the command line.</summary>
    public string CommandLine { get; init; } = "";
}
