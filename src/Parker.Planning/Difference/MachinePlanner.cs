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

    /// <summary>The partitions that run and of which only the CPUs differ, where their kernels were told that CPUs may come and go. Those that get fewer come first: others may get what they had.</summary>
    private static void Resize(
        ParkerConfiguration configuration,
        Dictionary<PartitionName, CurrentPartition> before,
        MachineIndex index,
        CpuSet held,
        Dictionary<PartitionName, Placed> placed,
        DiagnosticBag problems)
    {
        PartitionWish[] wishes = [.. configuration.Partitions.Select(partition => partition.Wish)];
        PartitionWish[] live =
        [
            .. wishes
                .Where(wish => !placed.ContainsKey(wish.Name) && before.TryGetValue(wish.Name, out CurrentPartition? partition) && CanResize(partition, wish))
                .OrderBy(wish => (wish.Cpus?.Count ?? wish.CpuCount) - before[wish.Name].Plan.Cpus.Count)
                .ThenBy(wish => wish.Name),
        ];
        foreach (PartitionWish wish in live)
        {
            PartitionPlan plan = before[wish.Name].Plan;
            IEnumerable<PartitionPlan> others = placed.Values.Select(stays => stays.Plan)
                .Concat(live.Where(other => other.Name != wish.Name && !placed.ContainsKey(other.Name)).Select(other => before[other.Name].Plan));
            IEnumerable<KeyValuePair<int, PartitionName>> owners = others.SelectMany(other => other.Cpus.Select(cpu => KeyValuePair.Create(cpu.Number, other.Name)))
                .Concat(wishes.Where(other => other.Name != wish.Name && other.Cpus is not null).SelectMany(other => other.Cpus!.Select(cpu => KeyValuePair.Create(cpu, other.Name))));
            string place = wish.Places is { } places ? $"{places.Cpus}: partition {wish.Name}" : $"partition {wish.Name}";
            if (new ElasticPlanner(index, owners, held, configuration.BootKernel).TryPlan(plan, wish.Cpus, wish.CpuCount, place, problems) is PartitionPlan after)
            {
                placed.Add(wish.Name, new Placed(after, ["its kernel runs on: CPUs come and go without a restart"]) { IsResized = true });
            }
        }
    }

    // What cannot be done while it runs is a restart, as any other change.
    private static bool CanResize(CurrentPartition partition, PartitionWish wish) =>
        partition is { IsRunning: true, Plan.IsElastic: true }
        && (wish.Cpus?.Contains(partition.Plan.Cpus[0].Number) ?? true)
        && (wish.Cpus is null || wish.Cpus.All(number => partition.Plan.ToldCpus.Any(cpu => cpu.Number == number)))
        && (wish.Cpus?.Count ?? wish.CpuCount) <= partition.Plan.CpusMax
        && Satisfaction.OfMemory(partition.Plan, wish)
        && Satisfaction.OfDevices(partition.Plan, wish)
        && Satisfaction.OfTheRest(partition.Plan, wish);

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
            MemoryRanges = keepsMemory ? [.. plan.Memory.Select(memory => memory.Range)] : wish.MemoryRanges,
        };
    }
}
