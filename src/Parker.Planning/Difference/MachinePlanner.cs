using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Explicit;
using Parker.Planning.Placement;
using Parker.Planning.Validation;

namespace Parker.Planning.Difference;

/// <summary>Plans what a configuration changes on a machine. The same input gives the same plan, and the same hash.</summary>
/// <remarks>What a partition has, and what still is what is wished, it keeps: neither a partition that comes nor one that goes moves another.</remarks>
public static class MachinePlanner
{
    /// <summary>Plans.</summary>
    /// <param name="configuration">What is wanted.</param>
    /// <param name="machine">The machine as it is now.</param>
    /// <param name="current">The partitions as they are now, no name twice.</param>
    /// <param name="diagnostics">Takes all that does not fit, and warnings: <c>FIT001</c> and up, the reasons why buses cannot be granted, and what the validator finds.</param>
    /// <param name="lowSlots">Where low slots start, ascending; null for those of the machine's low pool.</param>
    /// <returns>The plan; null where there was an error.</returns>
    public static MachinePlan? TryPlan(
        ParkerConfiguration configuration,
        MachineTopology machine,
        IReadOnlyList<CurrentPartition> current,
        DiagnosticBag diagnostics,
        IReadOnlyList<PhysicalAddress>? lowSlots = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag problems = [];
        MachineIndex index = new(machine, lowSlots);
        CpuSet held = CpuSet.Of(current.Where(partition => partition.HoldsMachine).SelectMany(partition => partition.Plan.Cpus).Select(cpu => cpu.Number));
        Dictionary<PartitionName, CurrentPartition> before = current.ToDictionary(partition => partition.Plan.Name);
        Dictionary<PartitionName, Placed> placed = Keep(configuration, before, index, held);
        Resize(configuration, before, index, held, placed, problems);
        Dictionary<PartitionName, PhysicalAddress> keptSlots = [];
        List<PartitionWish> wishes = [];
        foreach (PartitionWish wish in configuration.Partitions.Select(partition => partition.Wish).Where(wish => !placed.ContainsKey(wish.Name)).OrderBy(wish => wish.Name))
        {
            PartitionWish wanted = wish;
            if (before.TryGetValue(wish.Name, out CurrentPartition? partition) && Findings(partition, index, held).Count == 0)
            {
                keptSlots.Add(wish.Name, partition.Plan.LowSlot);
                wanted = KeepParts(wish, partition.Plan, index);
            }

            wishes.Add(wanted);
        }

        Placer placer = new(index, [.. placed.Values.Select(stays => stays.Plan)], wishes, held, configuration.BootKernel, keptSlots);
        foreach (PartitionWish wish in Placer.InOrder(wishes))
        {
            if (placer.TryPlace(wish, problems) is Placed found)
            {
                placed.Add(wish.Name, found);
            }
        }

        Dictionary<PartitionName, PartitionSettings> settings = configuration.Partitions.ToDictionary(partition => partition.Wish.Name);
        diagnostics.AddRange(problems);
        return problems.HasErrors ? null : new ChangeBuilder(machine, before, settings, placed).Build();
    }

    /// <summary>The partitions that have all that is wished, and could be given it again.</summary>
    private static Dictionary<PartitionName, Placed> Keep(ParkerConfiguration configuration, Dictionary<PartitionName, CurrentPartition> before, MachineIndex index, CpuSet held)
    {
        Dictionary<PartitionName, Placed> kept = [];
        foreach (PartitionWish wish in configuration.Partitions.Select(partition => partition.Wish))
        {
            if (before.TryGetValue(wish.Name, out CurrentPartition? partition)
                && Satisfaction.OfCpus(partition.Plan, wish, index)
                && Satisfaction.OfMemory(partition.Plan, wish)
                && Satisfaction.OfDevices(partition.Plan, wish)
                && Satisfaction.OfTheRest(partition.Plan, wish)
                && (partition.HoldsMachine || Findings(partition, index, held).Count == 0))
            {
                kept.Add(wish.Name, new Placed(partition.Plan, []));
            }
        }

        return kept;
    }

    /// <summary>
    /// The partitions that run and of which only CPUs and memory differ, where their kernels were told that these may come and go. Those that get fewer come first: others may get what they had.
    /// </summary>
    private static void Resize(
        ParkerConfiguration configuration,
        Dictionary<PartitionName, CurrentPartition> before,
        MachineIndex index,
        CpuSet held,
        Dictionary<PartitionName, Placed> placed,
        DiagnosticBag problems)
    {
        PartitionWish[] wishes = [.. configuration.Partitions.Select(partition => partition.Wish)];
        PartitionWish[] live = [.. wishes.Where(wish => !placed.ContainsKey(wish.Name) && before.TryGetValue(wish.Name, out CurrentPartition? partition) && CanResize(partition, wish, index))];
        Dictionary<PartitionName, PartitionPlan> now = live.ToDictionary(wish => wish.Name, wish => before[wish.Name].Plan);
        HashSet<PartitionName> failed = [];
        foreach (PartitionWish wish in live.OrderBy(wish => (wish.Cpus?.Count ?? wish.CpuCount) - before[wish.Name].Plan.Cpus.Count).ThenBy(wish => wish.Name))
        {
            IEnumerable<KeyValuePair<int, PartitionName>> owners = Others(wish).SelectMany(other => other.Cpus.Select(cpu => KeyValuePair.Create(cpu.Number, other.Name)))
                .Concat(wishes.Where(other => other.Name != wish.Name && other.Cpus is not null).SelectMany(other => other.Cpus!.Select(cpu => KeyValuePair.Create(cpu, other.Name))));
            if (!Satisfaction.OfCpus(now[wish.Name], wish, index))
            {
                Take(wish, new ElasticPlanner(index, owners, held, configuration.BootKernel).TryPlan(now[wish.Name], wish.Cpus, wish.CpuCount, Placer.PlaceOf(wish, wish.Places?.Cpus), problems));
            }
        }

        foreach (PartitionWish wish in live.OrderBy(wish => wish.MemorySize > before[wish.Name].Plan.MemorySize).ThenBy(wish => wish.Name))
        {
            PhysicalRangeSet taken = ElasticMemoryPlanner.TakenBy(Others(wish)).Union(PhysicalRangeSet.Of(wishes.Where(other => other.Name != wish.Name).SelectMany(other => other.MemoryRanges)));
            if (!Satisfaction.OfMemory(now[wish.Name], wish))
            {
                Take(wish, new ElasticMemoryPlanner(index, taken).TryPlan(now[wish.Name], wish.MemorySize, Placer.PlaceOf(wish, wish.Places?.Memory), problems));
            }
        }

        foreach (PartitionWish wish in live.Where(wish => !failed.Contains(wish.Name)))
        {
            placed.Add(wish.Name, new Placed(now[wish.Name], [Explain(before[wish.Name].Plan, now[wish.Name])]) { IsResized = true });
        }

        IEnumerable<PartitionPlan> Others(PartitionWish wish) => placed.Values.Select(stays => stays.Plan).Concat(now.Values.Where(other => other.Name != wish.Name));

        void Take(PartitionWish wish, PartitionPlan? after)
        {
            if (after is null)
            {
                failed.Add(wish.Name);
            }
            else
            {
                now[wish.Name] = after;
            }
        }
    }

    private static string Explain(PartitionPlan before, PartitionPlan after)
    {
        string what = ReferenceEquals(before.AddedMemory, after.AddedMemory) ? "CPUs come and go" : ReferenceEquals(before.Cpus, after.Cpus) ? "memory comes and goes" : "CPUs and memory come and go";
        return $"its kernel runs on: {what} without a restart";
    }

    // What cannot be done while it runs is a restart, as any other change.
    private static bool CanResize(CurrentPartition partition, PartitionWish wish, MachineIndex index) =>
        partition.IsRunning
        && (Satisfaction.OfCpus(partition.Plan, wish, index) || CanResizeCpus(partition.Plan, wish))
        && (Satisfaction.OfMemory(partition.Plan, wish) || CanResizeMemory(partition.Plan, wish))
        && Satisfaction.OfDevices(partition.Plan, wish)
        && Satisfaction.OfTheRest(partition.Plan, wish);

    private static bool CanResizeCpus(PartitionPlan plan, PartitionWish wish) =>
        plan.IsElastic
        && (wish.Cpus?.Contains(plan.Cpus[0].Number) ?? true)
        && (wish.Cpus is null || wish.Cpus.All(number => plan.ToldCpus.Any(cpu => cpu.Number == number)))
        && (wish.Cpus?.Count ?? wish.CpuCount) <= plan.CpusMax;

    private static bool CanResizeMemory(PartitionPlan plan, PartitionWish wish) =>
        plan.ElasticMemory is { } elastic
        && wish.MemoryRanges.Count == 0
        && ElasticMemoryPlanner.StepsFor(plan, elastic, wish.MemorySize) is >= 0 and int steps
        && steps <= plan.MemoryPlaces
        && (wish.Node is null || plan.AllMemory.All(memory => memory.Node == wish.Node));

    private static IReadOnlyList<Diagnostic> Findings(CurrentPartition partition, MachineIndex index, CpuSet held) =>
        [.. PlanValidator.Validate(partition.Plan, index, held, "").Where(finding => finding.Severity == DiagnosticSeverity.Error)];

    /// <summary>The wish, with the CPUs and the memory named that the partition has and that still are what is wished.</summary>
    private static PartitionWish KeepParts(PartitionWish wish, PartitionPlan plan, MachineIndex index)
    {
        bool keepsCpus = Satisfaction.OfCpus(plan, wish, index);
        bool keepsMemory = Satisfaction.OfMemory(plan, wish);
        return wish with
        {
            Cpus = keepsCpus ? CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)) : wish.Cpus,
            MemoryRanges = keepsMemory ? [.. plan.AllMemory.Select(memory => memory.Range)] : wish.MemoryRanges,
        };
    }
}
