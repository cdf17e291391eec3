namespace Parker.Api.Partitions;

/// <summary>What is wanted of a new partition.</summary>
/// <remarks>A field that JSON leaves out is not set to its initial value but to null by the generated reader, hence the getters.</remarks>
public sealed record PartitionRequest
{
    /// <summary>Its name; the address of the API has it too, and then it may be left out here.</summary>
    public string Name { get => field ?? ""; init; } = "";

    /// <summary>A count, or a cpulist of the Boot Kernel's numbers.</summary>
    public required string Cpus { get; init; }

    /// <summary>How many CPUs it may have while it runs; null where its CPUs stay what they are.</summary>
    public int? CpusMax { get; init; }

    /// <summary>A size, or ranges of the pool as <c>SIZE@0xADDRESS</c>, separated by commas.</summary>
    public required string Memory { get; init; }

    /// <summary>How much memory it may have while it runs, a size; null where its memory stays what it is.</summary>
    public string? MemoryMax { get; init; }

    /// <summary>The NUMA node to take CPUs and memory from; null for any.</summary>
    public int? Node { get; init; }

    /// <summary>Devices by PCI address; each brings its whole bus.</summary>
    public IReadOnlyList<string> Devices { get => field ?? []; init; } = [];

    /// <summary>The base port of a UART to grant; null for none.</summary>
    public string? Uart { get; init; }

    /// <summary>The kernel's file.</summary>
    public required string Kernel { get; init; }

    /// <summary>The initrd files.</summary>
    public IReadOnlyList<string> Initrd { get => field ?? []; init; } = [];

    /// <summary>The user's part of the command line.</summary>
    public string CommandLine { get => field ?? ""; init; } = "";

    /// <summary>When it is started again without anybody asking: <c>never</c>, <c>on-failure</c> or <c>always</c>.</summary>
    public string Restart { get => field ?? "never"; init; } = "never";

    /// <summary>Whether the daemon starts it when it begins.</summary>
    public bool Autostart { get; init; }

    /// <summary>Whether its memory is written to a file when its kernel panics or hangs, before it is started again.</summary>
    public bool Dump { get; init; }
}
