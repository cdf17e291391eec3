using Parker.Api.Topology;
using Parker.Partition;

namespace Parker.Api.Partitions;

/// <summary>One partition: what it gets, and how it is.</summary>
public sealed record PartitionDocument
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its state, in small letters: <c>running</c>.</summary>
    public required string State { get; init; }

    /// <summary>What the state stands on.</summary>
    public required EvidenceDocument Evidence { get; init; }

    /// <summary>Its CPUs as a cpulist of the Boot Kernel's numbers.</summary>
    public required string Cpus { get; init; }

    /// <summary>Each CPU; the first is the one that gets the SIPI.</summary>
    public required IReadOnlyList<PartitionCpuDocument> CpuDetails { get; init; }

    /// <summary>How many CPUs it may have while it runs; null where its CPUs stay what they are.</summary>
    public int? CpusMax { get; init; }

    /// <summary>The bytes of its memory, without its low slot.</summary>
    public required ulong MemoryBytes { get; init; }

    /// <summary>The bytes of memory that it may have while it runs; null where its memory stays what it is.</summary>
    public ulong? MemoryMaxBytes { get; init; }

    /// <summary>The bytes in which memory comes and goes; null where it does not.</summary>
    public ulong? MemoryStepBytes { get; init; }

    /// <summary>Each range of it; the first holds header page, kernel and initrd.</summary>
    public required IReadOnlyList<PartitionMemoryDocument> Memory { get; init; }

    /// <summary>Its 64 KiB below 640 KiB, host-physical.</summary>
    public required string LowSlot { get; init; }

    /// <summary>Its header page, host-physical.</summary>
    public required string HeaderPage { get; init; }

    /// <summary>Its buses.</summary>
    public required IReadOnlyList<PartitionBusDocument> Buses { get; init; }

    /// <summary>Whether its devices' DMA is confined: <c>none</c>, or <c>owned</c> where the partition owns the IOMMU unit.</summary>
    public required string Containment { get; init; }

    /// <summary>The base port of its UART, hexadecimal; null for none.</summary>
    public required string? Uart { get; init; }

    /// <summary>The kernel's file.</summary>
    public required string Kernel { get; init; }

    /// <summary>The initrd files.</summary>
    public required IReadOnlyList<string> Initrd { get; init; }

    /// <summary>The user's part of the command line.</summary>
    public required string CommandLine { get; init; }

    /// <summary>What it was started from last; null before the first start.</summary>
    public required ImageDocument? Image { get; init; }

    /// <summary>The last boot's ID; null before the first start.</summary>
    public required Guid? BootId { get; init; }

    /// <summary>When the last boot began; null before the first start.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>What its memory tells of the kernel in it; null where none was found there yet.</summary>
    public ObservedKernelDocument? Observed { get; init; }

    /// <summary>What is done for it without anybody asking.</summary>
    public required SupervisionDocument Supervision { get; init; }

    /// <summary>Whether anything of the machine is held for it.</summary>
    public required bool HoldsMachine { get; init; }

    /// <summary>The part of a document that a plan gives.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="policy">What is done for it without anybody asking.</param>
    /// <param name="state">The state.</param>
    /// <param name="evidence">What it stands on.</param>
    public static PartitionDocument Of(PartitionPlan plan, PartitionPolicy policy, PartitionState state, EvidenceDocument evidence)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(policy);
        return new PartitionDocument
        {
            Name = plan.Name.ToString(),
            State = ApiJson.NameOf(state),
            Evidence = evidence,
            Cpus = Machine.CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)).ToString(),
            CpuDetails = [.. plan.Cpus.Select(cpu => new PartitionCpuDocument(cpu.Number, cpu.ApicId.Value, cpu.Node))],
            CpusMax = plan.IsElastic ? plan.CpusMax : null,
            MemoryBytes = plan.MemorySize.Bytes,
            MemoryMaxBytes = plan.ElasticMemory?.Max.Bytes,
            MemoryStepBytes = plan.ElasticMemory?.Step.Bytes,
            Memory =
            [
                .. plan.Memory.Select(memory => new PartitionMemoryDocument(RangeDocument.Of(memory.Range), memory.Node)),
                .. plan.AddedMemory.Select(piece => new PartitionMemoryDocument(RangeDocument.Of(piece.Range), piece.Node) { Came = true }),
            ],
            LowSlot = plan.LowSlot.ToString(),
            HeaderPage = plan.PrimaryRange.Start.ToString(),
            Buses = [.. plan.Buses.Select(bus => new PartitionBusDocument(bus.RootPort.ToString(), BusRangeDocument.Of(bus.Buses), [.. bus.Functions.Select(function => function.ToString())], bus.ApplicationSegment))],
            Containment = plan.Iommu is null ? "none" : "owned",
            Uart = plan.UartPort is ushort port ? $"0x{port:x}" : null,
            Kernel = plan.KernelPath,
            Initrd = plan.InitrdPaths,
            CommandLine = plan.CommandLine,
            Image = null,
            BootId = null,
            StartedAt = null,
            Supervision = new SupervisionDocument(RestartPolicyText.Of(policy.Restart), policy.Autostart, policy.Dump, 0, 0, GivenUp: false, null),
            HoldsMachine = false,
        };
    }
}
