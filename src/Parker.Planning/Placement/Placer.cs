using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Explicit;
using Parker.Planning.Grants;
using Parker.Planning.Validation;

namespace Parker.Planning.Placement;

/// <summary>Places wishes on a machine: the same wishes on the same machine give the same plans, in whatever order they come.</summary>
/// <remarks>
/// CPUs that are counted are whole cores, on as few nodes as there can be, near the devices, with a last-level cache that no other partition uses where there is one. Memory
/// lies on the nodes of the CPUs, in as few ranges as there can be. A device brings every device on its buses. What a partition names is its own before anything is counted.
/// </remarks>
internal sealed class Placer
{
    private readonly MachineIndex _index;
    private readonly CpuSet _held;
    private readonly CpuSet _givenOrHeld;
    private readonly CpuPool _cpus;
    private readonly CpuChooser _cpuChooser;
    private readonly MemoryChooser _memoryChooser;
    private readonly Dictionary<(uint Segment, int Bus), PartitionName> _buses = [];
    private readonly Dictionary<ushort, PartitionName> _uarts = [];
    private readonly HashSet<PartitionName> _names = [];
    private readonly IReadOnlyDictionary<PartitionName, PhysicalAddress> _keptSlots;
    private readonly SortedSet<PhysicalAddress> _slots;

    /// <summary>For a machine.</summary>
    /// <param name="index">The machine.</param>
    /// <param name="taken">The plans of the partitions that stay as they are; nothing of theirs is given again.</param>
    /// <param name="wishes">All that will be placed: what they name is reserved for them.</param>
    /// <param name="held">CPUs that are offline because Parker holds them.</param>
    /// <param name="share">What the Boot Kernel keeps.</param>
    /// <param name="keptSlots">The low slots that wishes keep from an earlier plan; null for none.</param>
    public Placer(
        MachineIndex index,
        IReadOnlyList<PartitionPlan> taken,
        IReadOnlyList<PartitionWish> wishes,
        CpuSet held,
        BootKernelShare share,
        IReadOnlyDictionary<PartitionName, PhysicalAddress>? keptSlots = null)
    {
        _index = index;
        _held = held;
        _givenOrHeld = held.Union(CpuSet.Of(taken.SelectMany(plan => plan.Cpus).Select(cpu => cpu.Number)));
        _keptSlots = keptSlots ?? new Dictionary<PartitionName, PhysicalAddress>();
        IEnumerable<KeyValuePair<int, PartitionName>> cpus = taken.SelectMany(plan => plan.Cpus.Select(cpu => KeyValuePair.Create(cpu.Number, plan.Name)))
            .Concat(wishes.Where(wish => wish.Cpus is not null).SelectMany(wish => wish.Cpus!.Select(cpu => KeyValuePair.Create(cpu, wish.Name))));
        (PartitionName, PhysicalRange)[] ranges =
        [
            .. taken.SelectMany(plan => plan.AllMemory.Select(memory => (plan.Name, memory.Range))),
            .. wishes.SelectMany(wish => wish.MemoryRanges.Select(range => (wish.Name, range))),
        ];
        _cpus = new CpuPool(index, cpus, held, share);
        MemoryPool memory = new(index, ranges);
        _cpuChooser = new CpuChooser(index, _cpus, memory);
        _memoryChooser = new MemoryChooser(index, memory);
        PhysicalRangeSet usedSlots = PhysicalRangeSet.Of(taken.Select(plan => plan.LowSlot).Concat(_keptSlots.Values).Select(slot => new PhysicalRange(slot, LowSlotLayout.Size)));
        _slots = [.. index.LowSlots.Where(slot => !usedSlots.Overlaps(new PhysicalRange(slot, LowSlotLayout.Size)))];
        foreach (PartitionPlan plan in taken)
        {
            _names.Add(plan.Name);
            Give(plan);
        }
    }

    /// <summary>The order in which wishes are placed: what leaves least choice first, whatever the order of the file.</summary>
    public static IEnumerable<PartitionWish> InOrder(IEnumerable<PartitionWish> wishes) => wishes
        .OrderBy(wish => wish.Cpus is null)
        .ThenBy(wish => wish.Node is null && wish.Devices.Count == 0)
        .ThenByDescending(wish => wish.CpuCount)
        .ThenByDescending(wish => wish.MemorySize)
        .ThenBy(wish => wish.Name);

    /// <summary>Places one wish.</summary>
    /// <param name="wish">What is wanted.</param>
    /// <param name="diagnostics">Takes what is short or not there: <c>FIT001</c> and up, the reasons why buses cannot be granted, and all that <see cref="PlanValidator"/> finds.</param>
    /// <returns>Where; null where there was an error.</returns>
    public Placed? TryPlace(PartitionWish wish, DiagnosticBag diagnostics)
    {
        DiagnosticBag problems = [];
        List<string> choices = [];
        PartitionPlan? plan = Place(wish, problems, choices);
        if (plan is not null)
        {
            problems.AddRange(PlanValidator.Validate(plan, _index, _held, PlaceOf(wish, wish.Places?.Partition)).Except(problems).ToArray());
            Give(plan);
        }

        diagnostics.AddRange(problems);
        return problems.HasErrors || plan is null ? null : new Placed(plan, choices);
    }

    /// <summary>How messages name a wish, or a part of it.</summary>
    internal static string PlaceOf(PartitionWish wish, string? part) => part is null ? $"partition {wish.Name}" : $"{part}: partition {wish.Name}";

    private PartitionPlan? Place(PartitionWish wish, DiagnosticBag problems, List<string> choices)
    {
        WishPlaces? places = wish.Places;
        if (wish.Node is int node && !_index.Machine.Nodes.Any(known => known.Number == node))
        {
            problems.Error("FIT001", PlaceOf(wish, places?.Node), $"There is no NUMA node {node}.", $"Take one of {string.Join(", ", _index.Machine.Nodes.Select(known => known.Number))}.");
            return null;
        }

        if (!_names.Add(wish.Name))
        {
            problems.Error("FIT006", PlaceOf(wish, places?.Partition), "There is a partition of that name already.", "Take another name, or destroy that one.");
        }

        BusGrant buses = GrantBuses(wish, PlaceOf(wish, places?.Devices), problems, choices);
        int? nearNode = wish.Node ?? buses.Buses.Select(bus => bus.Node).FirstOrDefault(busNode => busNode is not null);
        IReadOnlyList<PartitionCpu> cpus = _cpuChooser.Choose(wish, nearNode, ownsUnit: buses.Iommu is not null, PlaceOf(wish, places?.Cpus), problems, choices);
        IReadOnlyList<PartitionMemory> memory = _memoryChooser.Choose(wish, cpus, nearNode, PlaceOf(wish, places?.Memory), problems, choices);
        if (wish.CpusMax is int most && cpus.Count > most)
        {
            problems.Error("FIT015", PlaceOf(wish, places?.CpusMax), $"It has {cpus.Count} CPUs, and may have {most}.", $"Let it have {cpus.Count} or more (cpus-max), or give it fewer.");
        }

        ByteSize size = memory.Aggregate(ByteSize.Zero, (sum, range) => sum + range.Range.Length);
        if (wish.MemoryMax is ByteSize largest && size > largest)
        {
            problems.Error("FIT023", PlaceOf(wish, places?.MemoryMax), $"It has {size} of memory, and may have {largest}.", $"Let it have {size} or more (memory-max), or give it less.");
        }

        PhysicalAddress? slot = ChooseSlot(wish.Name, PlaceOf(wish, places?.Partition), problems);
        CheckUart(wish, problems);
        TscFacts tsc = _index.Machine.Tsc;
        if (tsc.Kilohertz is null)
        {
            problems.Error("FIT002", PlaceOf(wish, places?.Partition), $"The time stamp counter's frequency is not known ({tsc.Evidence}), and an Application Kernel cannot measure it.", "Run as root, so that it can be read from perf_event or the kernel log.");
        }

        return problems.HasErrors ? null : new PartitionPlan
        {
            Name = wish.Name,
            Mode = StartMode.Bare,
            Cpus = cpus,
            CpusMax = wish.CpusMax ?? 0,
            SpareCpus = wish.CpusMax is null ? [] : SpareCpus.Of(_index, cpus, ownsUnit: buses.Iommu is not null, _givenOrHeld),
            Memory = memory,
            ElasticMemory = wish.MemoryMax is ByteSize max ? SpareMemory.Of(_index, memory, max, wish.Node) : null,
            LowSlot = slot!.Value,
            Buses = buses.Buses,
            UartPort = wish.UartPort,
            Iommu = buses.Iommu,
            NodeDistances = _index.Distances,
            PhantomApicId = _index.Phantom,
            TscKilohertz = tsc.Kilohertz!.Value,
            Processor = new ProcessorTraits(_index.Machine.Processor.Flags.Contains("pdpe1gb"), _index.Machine.Processor.PhysicalAddressBits),
            KernelPath = wish.KernelPath,
            InitrdPaths = wish.InitrdPaths,
            CommandLine = wish.CommandLine,
        };
    }

    private BusGrant GrantBuses(PartitionWish wish, string place, DiagnosticBag problems, List<string> choices)
    {
        if (wish.Devices.Count == 0)
        {
            return new BusGrant([], null, []);
        }

        List<BusCandidate> wanted = [];
        foreach (PciAddress device in wish.Devices)
        {
            if (_index.Grants.Find(device) is not BusCandidate candidate)
            {
                problems.Error("FIT003", place, $"There is no PCI function {device}.", "'parker topology' lists those that there are.");
            }
            else if (OwnerOf(candidate.Buses) is PartitionName owner)
            {
                problems.Error("FIT005", place, $"{device} belongs to partition {owner}, which has all devices on {candidate.Buses}.", "Take a device on another bus.");
            }
            else
            {
                wanted.Add(candidate);
            }
        }

        BusGrant grant = _index.Grants.Grant(wanted);
        foreach ((string bus, GrantReason reason) in grant.Reasons)
        {
            problems.Add(reason.ToDiagnostic($"{place}: {bus}"));
        }

        PciAddress[] along = [.. grant.Buses.SelectMany(bus => bus.Functions).Except(wish.Devices)];
        if (along.Length > 0)
        {
            choices.Add($"{string.Join(", ", along)} {(along.Length == 1 ? "goes" : "go")} along: all that lies on a bus goes together");
        }

        return grant;
    }

    private PhysicalAddress? ChooseSlot(PartitionName name, string place, DiagnosticBag problems)
    {
        if (_keptSlots.TryGetValue(name, out PhysicalAddress kept))
        {
            return kept;
        }

        if (_slots.Count > 0)
        {
            return _slots.Min;
        }

        problems.Error(
            "FIT004",
            place,
            _index.LowSlots.Count == 0 ? "There is no low slot: the Boot Kernel keeps no memory below 640 KiB free." : $"All {_index.LowSlots.Count} low slots are taken.",
            "Boot with a larger region of 64 KiB a partition below 640 KiB: memmap=<n x 64K>$ADDRESS; 'parker check' proposes one.");
        return null;
    }

    private void CheckUart(PartitionWish wish, DiagnosticBag problems)
    {
        if (wish.UartPort is ushort port && _uarts.TryGetValue(port, out PartitionName owner))
        {
            problems.Error("FIT007", PlaceOf(wish, wish.Places?.Uart), $"The UART at 0x{port:x} belongs to partition {owner}.", "Take another, or do without.");
        }
    }

    private PartitionName? OwnerOf(PciBusRange buses)
    {
        for (int bus = buses.First; bus <= buses.Last; bus++)
        {
            if (_buses.TryGetValue((buses.Segment, bus), out PartitionName owner))
            {
                return owner;
            }
        }

        return null;
    }

    // CPUs and memory are given where they are chosen.
    private void Give(PartitionPlan plan)
    {
        _slots.Remove(plan.LowSlot);
        foreach (PartitionBus bus in plan.Buses)
        {
            for (int number = bus.Buses.First; number <= bus.Buses.Last; number++)
            {
                _buses.TryAdd((bus.Buses.Segment, number), plan.Name);
            }
        }

        if (plan.UartPort is ushort port)
        {
            _uarts.TryAdd(port, plan.Name);
        }
    }
}
