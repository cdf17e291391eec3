using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Placement;
using Parker.Planning.Validation;

namespace Parker.Planning.Explicit;

/// <summary>Plans which CPUs come to a partition, and which leave it, while it runs. The same wish on the same machine gives the same plan.</summary>
/// <remarks>
/// CPUs that are counted come in the order of <see cref="PartitionPlan.SpareCpus"/>, those whose cores have nobody else's threads first; those that leave are the last ones of the partition's.
/// The CPU that its kernel started on stays.
/// </remarks>
public sealed class ElasticPlanner
{
    private readonly MachineIndex _index;
    private readonly CpuSet _held;
    private readonly CpuPool _pool;

    /// <summary>A planner for one machine.</summary>
    /// <param name="machine">The machine, with the partitions' CPUs offline or not.</param>
    /// <param name="others">The plans of the other partitions; nothing of theirs is given.</param>
    /// <param name="held">CPUs that are offline because Parker holds them.</param>
    /// <param name="share">What the Boot Kernel keeps of what is counted.</param>
    public ElasticPlanner(MachineTopology machine, IReadOnlyList<PartitionPlan> others, CpuSet held, BootKernelShare share)
        : this(new MachineIndex(machine), Owners(others), held, share)
    {
    }

    internal ElasticPlanner(MachineIndex index, IEnumerable<KeyValuePair<int, PartitionName>> owners, CpuSet held, BootKernelShare share)
    {
        _index = index;
        _held = held;
        _pool = new CpuPool(index, owners, held, share);
    }

    /// <summary>Plans.</summary>
    /// <param name="plan">What the partition has.</param>
    /// <param name="named">The CPUs that it shall have; null where <paramref name="count"/> says how many.</param>
    /// <param name="count">How many it shall have.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes <c>FIT015</c> and up, and what <see cref="PlanValidator"/> finds.</param>
    /// <returns>What it has then; null where there was an error.</returns>
    public PartitionPlan? TryPlan(PartitionPlan plan, CpuSet? named, int count, string place, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(diagnostics);
        int wanted = named?.Count ?? count;
        DiagnosticBag problems = [];
        if (!plan.IsElastic)
        {
            problems.Error("FIT016", place, "Its CPUs stay what they are: its kernel was not told that CPUs may come or go.", "Create it with --cpus-max (cpus-max in the configuration file).");
        }
        else if (wanted < 1)
        {
            problems.Error("FIT010", place, $"It cannot have {wanted} CPUs.", "Give it at least one: 4 for any four, 8-11 for these.");
        }
        else if (wanted > plan.CpusMax)
        {
            problems.Error("FIT015", place, $"It would have {wanted} CPUs, and may have {plan.CpusMax}.", $"Ask for {plan.CpusMax} or fewer, or create it with a larger --cpus-max.");
        }

        if (!problems.HasErrors && Choose(plan, named, count, place, problems) is List<PartitionCpu> cpus)
        {
            PartitionPlan after = plan.WithCpus(cpus);
            problems.AddRange(PlanValidator.Validate(after, _index, _held, place).Where(finding => finding.Severity == DiagnosticSeverity.Error || finding.Id == PlanDiagnosticId.CoreSplit));
            diagnostics.AddRange(problems);
            return problems.HasErrors ? null : after;
        }

        diagnostics.AddRange(problems);
        return null;
    }

    private List<PartitionCpu>? Choose(PartitionPlan plan, CpuSet? named, int count, string place, DiagnosticBag problems)
    {
        if (named is not null)
        {
            return TakeNamed(plan, named, place, problems);
        }

        if (count <= plan.Cpus.Count)
        {
            return [.. plan.Cpus.Take(count)];
        }

        List<PartitionCpu> free = [.. plan.SpareCpus.Where(cpu => IsFree(cpu.Number))];
        CpuSet ours = CpuSet.Of(free.Concat(plan.Cpus).Select(cpu => cpu.Number));
        List<PartitionCpu> inOrder = [.. free.Where(cpu => IsWhole(cpu, ours)), .. free.Where(cpu => !IsWhole(cpu, ours))];
        if (inOrder.Count < count - plan.Cpus.Count)
        {
            problems.Error(
                "FIT013",
                place,
                $"It wants {count - plan.Cpus.Count} more CPUs, and {inOrder.Count} of those that its kernel was told of are free (CPUs {_pool.Kept} stay with the Boot Kernel).",
                "Ask for fewer, take some from another partition, or name CPUs.");
            return null;
        }

        return [.. plan.Cpus, .. inOrder.Take(count - plan.Cpus.Count)];
    }

    private List<PartitionCpu>? TakeNamed(PartitionPlan plan, CpuSet named, string place, DiagnosticBag problems)
    {
        int first = plan.Cpus[0].Number;
        if (!named.Contains(first))
        {
            problems.Error("FIT017", place, $"CPU {first} is the one that its kernel started on, and cannot leave.", $"Name CPU {first} too, or destroy the partition and create it anew.");
        }

        List<PartitionCpu> cpus = [.. plan.Cpus.Where(cpu => named.Contains(cpu.Number))];
        foreach (int number in named.Except(CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number))))
        {
            if (_pool.OwnerOf(number) is PartitionName owner && owner != plan.Name)
            {
                problems.Error("FIT014", place, $"CPU {number} belongs to partition {owner}.", "Take it from that partition first, or say how many and let Parker choose.");
            }
            else if (plan.SpareCpus.FirstOrDefault(cpu => cpu.Number == number) is PartitionCpu spare)
            {
                cpus.Add(spare);
            }
            else
            {
                problems.Error(
                    "FIT018",
                    place,
                    $"CPU {number} is none of those that its kernel was told of: {CpuSet.Of(plan.ToldCpus.Select(cpu => cpu.Number))}.",
                    "Take one of these, or destroy the partition and create it anew.");
            }
        }

        return problems.HasErrors ? null : cpus;
    }

    private bool IsFree(int number) =>
        _pool.OwnerOf(number) is null && !_pool.Kept.Contains(number) && _index.Cpus.TryGetValue(number, out LogicalCpu? cpu) && (cpu.Online || _held.Contains(number)) && cpu.CanGoOffline.Value == true;

    private bool IsWhole(PartitionCpu cpu, CpuSet ours) => !_index.Cpus.TryGetValue(cpu.Number, out LogicalCpu? logical) || logical.Siblings.Except(ours).IsEmpty;

    private static IEnumerable<KeyValuePair<int, PartitionName>> Owners(IReadOnlyList<PartitionPlan> others) =>
        others.SelectMany(plan => plan.Cpus.Select(cpu => KeyValuePair.Create(cpu.Number, plan.Name)));
}
