using Parker.Machine;

namespace Parker.Partition;

/// <summary>What one partition gets: each CPU, byte of memory, bus and parameter, decided. Nothing is left to whoever carries it out.</summary>
public sealed record PartitionPlan
{
    private readonly IReadOnlyList<PartitionCpu>? _spareCpus;
    private readonly IReadOnlyList<AddedMemory>? _addedMemory;

    /// <summary>The partition.</summary>
    public required PartitionName Name { get; init; }

    /// <summary>How it starts.</summary>
    public required StartMode Mode { get; init; }

    /// <summary>Its CPUs; the first one gets the SIPI. At least one, none twice.</summary>
    public required IReadOnlyList<PartitionCpu> Cpus { get; init; }

    /// <summary>How many CPUs it may have while it runs; 0 where its CPUs stay what they are.</summary>
    public int CpusMax { get; init; }

    /// <summary>
    /// CPUs that its kernel is told of and that are taken from it before its <c>init</c> runs: they may come while it runs. Nothing of the machine is kept for them. In the order in which they
    /// are best given; empty where <see cref="CpusMax"/> is 0. None of <see cref="Cpus"/>.
    /// </summary>
    public IReadOnlyList<PartitionCpu> SpareCpus { get => _spareCpus ?? []; init => _spareCpus = value; }

    /// <summary>The memory that it starts with; the first range holds header page, description, kernel and initrd. At least one; disjoint.</summary>
    public required IReadOnlyList<PartitionMemory> Memory { get; init; }

    /// <summary>How its memory may grow while it runs; null where it stays what it is.</summary>
    public ElasticMemory? ElasticMemory { get; init; }

    /// <summary>Memory that has come while it runs, in the order in which it came; its kernel is given it again when it starts anew. Empty where <see cref="ElasticMemory"/> is null.</summary>
    public IReadOnlyList<AddedMemory> AddedMemory { get => _addedMemory ?? []; init => _addedMemory = value; }

    /// <summary>The start of its 64 KiB low slot, host-physical, page-aligned, wholly below 640 KiB.</summary>
    public required PhysicalAddress LowSlot { get; init; }

    /// <summary>Its buses.</summary>
    public required IReadOnlyList<PartitionBus> Buses { get; init; }

    /// <summary>The base port of a UART that is granted, such as 0x2f8; null for none.</summary>
    public required ushort? UartPort { get; init; }

    /// <summary>The IOMMU unit that it owns; null for none.</summary>
    public required PartitionIommu? Iommu { get; init; }

    /// <summary>Distances between the machine's nodes by the Boot Kernel's numbers: <c>[from][to]</c>; 10 is itself.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> NodeDistances { get; init; }

    /// <summary>An APIC ID that no CPU of the machine has, for the MADT's first entry. Fits an xAPIC ID where one is free.</summary>
    public required ApicId PhantomApicId { get; init; }

    /// <summary>The time stamp counter's frequency in kHz, exactly.</summary>
    public required long TscKilohertz { get; init; }

    /// <summary>What its CPUs can do.</summary>
    public required ProcessorTraits Processor { get; init; }

    /// <summary>The Application Kernel's image.</summary>
    public required string KernelPath { get; init; }

    /// <summary>The initrd files, concatenated in this order.</summary>
    public required IReadOnlyList<string> InitrdPaths { get; init; }

    /// <summary>The user's part of the command line.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Whether CPUs may come and go while it runs.</summary>
    public bool IsElastic => CpusMax > 0;

    /// <summary>The CPUs that its kernel is told of, in the order of their devices in the DSDT: the same as long as it runs, whichever it has.</summary>
    public IReadOnlyList<PartitionCpu> ToldCpus => IsElastic ? [.. Cpus.Concat(SpareCpus).OrderBy(cpu => cpu.Number)] : Cpus;

    /// <summary>The plan with other CPUs of those that its kernel is told of; the rest may come.</summary>
    /// <param name="cpus">Its CPUs from then on.</param>
    public PartitionPlan WithCpus(IReadOnlyList<PartitionCpu> cpus) => this with
    {
        Cpus = cpus,
        SpareCpus = [.. SpareCpus.Concat(Cpus).Where(cpu => !cpus.Contains(cpu))],
    };

    /// <summary>The range that holds header page, description, kernel and initrd.</summary>
    public PhysicalRange PrimaryRange => Memory[0].Range;

    /// <summary>All memory that it has: what it starts with, and what has come.</summary>
    public IReadOnlyList<PartitionMemory> AllMemory => AddedMemory.Count == 0 ? Memory : [.. Memory, .. AddedMemory.Select(piece => new PartitionMemory(piece.Range, piece.Node))];

    /// <summary>How much memory it has.</summary>
    public ByteSize MemorySize => BaseMemorySize + new ByteSize((ElasticMemory?.Step.Bytes ?? 0) * (ulong)AddedMemory.Count);

    /// <summary>How much memory it starts with.</summary>
    public ByteSize BaseMemorySize => Memory.Aggregate(ByteSize.Zero, (sum, memory) => sum + memory.Range.Length);

    /// <summary>How many pieces of memory may come.</summary>
    public int MemoryPlaces => ElasticMemory is { } elastic && elastic.Max > BaseMemorySize ? (int)((elastic.Max - BaseMemorySize) / elastic.Step) : 0;

    /// <summary>The machine's NUMA nodes that the partition has CPUs or memory of, or may get some of, ascending: the same as long as it runs.</summary>
    public IReadOnlyList<int> Nodes =>
        [.. ToldCpus.Select(cpu => cpu.Node).Concat(Memory.Select(memory => memory.Node)).Concat(ElasticMemory?.Windows.Select(window => window.Node) ?? []).Distinct().Order()];

    /// <summary>The node's number in its ACPI tables: its place among <see cref="Nodes"/>.</summary>
    /// <param name="node">One of them.</param>
    public byte ProximityDomainOf(int node)
    {
        IReadOnlyList<int> nodes = Nodes;
        for (int domain = 0; domain < nodes.Count; domain++)
        {
            if (nodes[domain] == node)
            {
                return checked((byte)domain);
            }
        }

        throw new ArgumentException($"Node {node} is none of the partition's.", nameof(node));
    }
}
