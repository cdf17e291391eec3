using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Explicit;

/// <summary>Chooses a partition's CPUs.</summary>
internal sealed class CpuChoice
{
    private readonly MachineTopology _machine;
    private readonly IReadOnlyList<PartitionPlan> _plans;
    private readonly CpuSet _taken;
    private readonly bool _ownsUnit;

    /// <summary>Of one machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="taken">The partitions that are defined.</param>
    /// <param name="ownsUnit">Whether the partition owns an IOMMU unit, so that it can use CPUs with any APIC ID.</param>
    public CpuChoice(MachineTopology machine, IReadOnlyList<PartitionPlan> taken, bool ownsUnit)
    {
        _machine = machine;
        _plans = taken;
        _ownsUnit = ownsUnit;
        _taken = CpuSet.Of(taken.SelectMany(plan => plan.Cpus).Select(cpu => cpu.Number));
    }

    /// <summary>Chooses.</summary>
    /// <param name="wish">Names CPUs or says how many.</param>
    /// <param name="nearNode">The node to prefer, and to insist on where the wish names it; null for any.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes <c>FIT010</c> and up.</param>
    /// <returns>Ascending by number; empty where there was an error.</returns>
    public IReadOnlyList<PartitionCpu> Choose(PartitionWish wish, int? nearNode, string place, DiagnosticBag diagnostics) =>
        wish.Cpus is CpuSet named ? TakeNamed(named, place, diagnostics) : Count(wish, nearNode, place, diagnostics);

    private PartitionCpu[] TakeNamed(CpuSet named, string place, DiagnosticBag diagnostics)
    {
        if (named.IsEmpty)
        {
            diagnostics.Error("FIT010", place, "It has no CPU.", "Give it at least one: --cpus 4 or --cpus 8-11.");
            return [];
        }

        List<PartitionCpu> cpus = [];
        foreach (int number in named)
        {
            LogicalCpu? cpu = _machine.Cpus.FirstOrDefault(candidate => candidate.Number == number);
            if (cpu is null)
            {
                diagnostics.Error("FIT011", place, $"There is no CPU {number}.", $"The machine has {CpuSet.Of(_machine.Cpus.Select(candidate => candidate.Number))}.");
            }
            else if (_plans.FirstOrDefault(plan => plan.Cpus.Any(taken => taken.Number == number)) is PartitionPlan owner)
            {
                diagnostics.Error("FIT014", place, $"CPU {number} belongs to partition {owner.Name}.", "Take another CPU, or say how many and let Parker choose.");
            }
            else if (cpu.ApicId.Value is not ApicId apicId)
            {
                diagnostics.Error("FIT012", place, $"The APIC ID of CPU {number} is not known: {cpu.ApicId.Evidence}.", "Bring the CPU online, or choose another.");
            }
            else
            {
                cpus.Add(new PartitionCpu(number, apicId, cpu.Node));
            }
        }

        return [.. cpus];
    }

    private PartitionCpu[] Count(PartitionWish wish, int? nearNode, string place, DiagnosticBag diagnostics)
    {
        if (wish.CpuCount < 1)
        {
            diagnostics.Error("FIT010", place, $"It cannot have {wish.CpuCount} CPUs.", "Give it at least one: --cpus 4 or --cpus 8-11.");
            return [];
        }

        // Whole cores first: a free thread of a core that another partition shares comes last.
        CpuSet reserved = BootKernelCore();
        ILookup<int, LogicalCpu[]> coresByNode = _machine.Cpus
            .Where(cpu => IsFree(cpu) && !reserved.Contains(cpu.Number))
            .GroupBy(cpu => cpu.Siblings.FirstOrDefault(cpu.Number))
            .Select(core => core.OrderBy(cpu => cpu.Number).ToArray())
            .OrderBy(core => core.Length < core[0].Siblings.Count)
            .ThenBy(core => core[0].Number)
            .ToLookup(core => core[0].Node);
        int Free(int node) => coresByNode[node].Sum(core => core.Length);
        int[] nodes = [.. _machine.Nodes.Select(node => node.Number).Where(node => wish.Node is null || node == wish.Node)];

        // The node near the devices, else the fullest one that still has room, so that large gaps stay for large partitions.
        int? single = nodes.Where(node => Free(node) >= wish.CpuCount).OrderBy(node => node == nearNode ? 0 : 1).ThenBy(Free).ThenBy(node => node).Select(node => (int?)node).FirstOrDefault();
        int[] order = single is int fits ? [fits] : [.. nodes.OrderBy(node => node == nearNode ? 0 : 1).ThenByDescending(Free).ThenBy(node => node)];
        LogicalCpu[] chosen = [.. order.SelectMany(node => coresByNode[node]).SelectMany(core => core).Take(wish.CpuCount)];
        if (chosen.Length < wish.CpuCount)
        {
            string free = string.Join(", ", nodes.Select(node => $"{Free(node)} on node {node}"));
            diagnostics.Error("FIT013", place, $"It wants {wish.CpuCount} CPUs, and {chosen.Length} are free ({free}; the core of the Boot Kernel's boot CPU is not given away).", $"Ask for {chosen.Length} or fewer, or destroy another partition.");
            return [];
        }

        return [.. chosen.OrderBy(cpu => cpu.Number).Select(cpu => new PartitionCpu(cpu.Number, cpu.ApicId.Value!.Value, cpu.Node))];
    }

    private bool IsFree(LogicalCpu cpu) => cpu.Online && cpu.CanGoOffline.Value == true && cpu.ApicId.Value is ApicId id && (_ownsUnit || id.FitsXapic) && !_taken.Contains(cpu.Number);

    /// <summary>The core of the bootstrap processor: it cannot be given away, and its siblings would share it.</summary>
    private CpuSet BootKernelCore()
    {
        LogicalCpu? boot = _machine.Cpus.FirstOrDefault(cpu => cpu.IsBootstrapProcessor) ?? _machine.Cpus.FirstOrDefault(cpu => cpu.Number == 0);
        return boot is null ? CpuSet.Empty : boot.Siblings.Union(CpuSet.Of(boot.Number));
    }
}
