using Parker.Machine;
using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <summary>What has been written of a partition so far.</summary>
public sealed record PartitionDraft
{
    /// <summary>Its name.</summary>
    public required PartitionName Name { get; init; }

    /// <summary>Its CPUs by the Boot Kernel's numbers; empty where they were not written yet.</summary>
    public CpuSet Cpus { get; init; } = CpuSet.Empty;

    /// <summary>How many CPUs it may have while it runs; null where its CPUs stay what they are.</summary>
    public int? CpusMax { get; init; }

    /// <summary>A size, or ranges as <c>SIZE@0xADDRESS</c> separated by commas; empty where it was not written yet.</summary>
    public string Memory { get; init; } = "";

    /// <summary>How much memory it may have while it runs, a size; empty where its memory stays what it is.</summary>
    public string MemoryMax { get; init; } = "";

    /// <summary>Its devices; each brings its whole bus.</summary>
    public IReadOnlyList<PciAddress> Devices { get; init; } = [];

    /// <summary>The kernel's file; empty where it was not written yet.</summary>
    public string Kernel { get; init; } = "";

    /// <summary>The initrd files.</summary>
    public IReadOnlyList<string> Initrd { get; init; } = [];

    /// <summary>The user's part of the command line.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>When it is started again without anybody asking.</summary>
    public RestartPolicy Restart { get; init; }

    /// <summary>Whether a partition can be defined from it.</summary>
    public bool IsComplete => Missing.Count == 0;

    /// <summary>The files that must be written before a partition can be defined.</summary>
    public IReadOnlyList<string> Missing =>
        [.. new[] { Cpus.IsEmpty ? "cpus" : "", Memory.Length == 0 ? "memory" : "", Kernel.Length == 0 ? "kernel" : "" }.Where(file => file.Length > 0)];

    /// <summary>The draft that gives a partition again, each of its resources named.</summary>
    public static PartitionDraft Of(ControlledPartition partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        PartitionPlan plan = partition.Plan;
        return new PartitionDraft
        {
            Name = plan.Name,
            Cpus = CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)),
            CpusMax = plan.IsElastic ? plan.CpusMax : null,
            Memory = MemoryText.Of(plan),
            MemoryMax = MemoryText.MaxOf(plan),
            Devices = [.. plan.Buses.Select(bus => bus.Functions[0])],
            Kernel = plan.KernelPath,
            Initrd = plan.InitrdPaths,
            CommandLine = plan.CommandLine,
            Restart = partition.Restart,
        };
    }
}
