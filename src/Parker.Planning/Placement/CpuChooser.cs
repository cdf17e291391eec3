using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Planning.Placement;

/// <summary>Chooses partitions' CPUs.</summary>
/// <param name="index">The machine.</param>
/// <param name="pool">What is free.</param>
/// <param name="memory">Where memory is free: CPUs go to memory where both can be had.</param>
internal sealed class CpuChooser(MachineIndex index, CpuPool pool, MemoryPool memory)
{
    /// <summary>Chooses.</summary>
    /// <param name="wish">Names CPUs or says how many.</param>
    /// <param name="nearNode">The node of its devices; null for none.</param>
    /// <param name="ownsUnit">Whether the partition owns an IOMMU unit, so that it can use CPUs with any APIC ID.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes <c>FIT010</c> and up.</param>
    /// <param name="choices">Takes why.</param>
    /// <returns>Ascending by number; empty where there was an error.</returns>
    public IReadOnlyList<PartitionCpu> Choose(PartitionWish wish, int? nearNode, bool ownsUnit, string place, DiagnosticBag diagnostics, List<string> choices) =>
        wish.Cpus is CpuSet named ? TakeNamed(named, wish.Name, place, diagnostics) : Count(wish, nearNode, ownsUnit, place, diagnostics, choices);

    private PartitionCpu[] TakeNamed(CpuSet named, PartitionName name, string place, DiagnosticBag diagnostics)
    {
        if (named.IsEmpty)
        {
            diagnostics.Error("FIT010", place, "It has no CPU.", "Give it at least one: 4 for any four, 8-11 for these.");
            return [];
        }

        List<PartitionCpu> cpus = [];
        foreach (int number in named)
        {
            if (!index.Cpus.TryGetValue(number, out LogicalCpu? cpu))
            {
                diagnostics.Error("FIT011", place, $"There is no CPU {number}.", $"The machine has {CpuSet.Of(index.Cpus.Keys)}.");
            }
            else if (pool.OwnerOf(number) is PartitionName owner && owner != name)
            {
                diagnostics.Error("FIT014", place, $"CPU {number} belongs to partition {owner}.", "Take another CPU, or say how many and let Parker choose.");
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

    private PartitionCpu[] Count(PartitionWish wish, int? nearNode, bool anyApicId, string place, DiagnosticBag diagnostics, List<string> choices)
    {
        if (wish.CpuCount < 1)
        {
            diagnostics.Error("FIT010", place, $"It cannot have {wish.CpuCount} CPUs.", "Give it at least one: 4 for any four, 8-11 for these.");
            return [];
        }

        NodeCores[] nodes = [.. pool.Nodes.Where(node => wish.Node is null || node.Number == wish.Node)];
        int free = nodes.Sum(node => node.Free(anyApicId));
        if (free < wish.CpuCount)
        {
            string where = string.Join(", ", nodes.Select(node => $"{node.Free(anyApicId)} on node {node.Number}"));
            string apart = anyApicId || free == nodes.Sum(node => node.Free(anyApicId: true)) ? "" : " with APIC IDs below 255";
            diagnostics.Error(
                "FIT013",
                place,
                $"It wants {wish.CpuCount} CPUs, and {free} in whole cores{apart} are free ({where}; CPUs {pool.Kept} stay with the Boot Kernel).",
                free == 0 ? "Destroy another partition, or leave the Boot Kernel less." : $"Ask for {free} or fewer, or destroy another partition.");
            return [];
        }

        List<PartitionCpu> chosen = [];
        foreach (NodeCores node in Order(nodes, wish, nearNode, anyApicId))
        {
            chosen.AddRange(pool.Take(node, wish.CpuCount - chosen.Count, anyApicId, wish.Name));
            if (chosen.Count >= wish.CpuCount)
            {
                break;
            }
        }

        Explain(wish, nearNode, chosen, choices);
        return [.. chosen.OrderBy(cpu => cpu.Number)];
    }

    /// <summary>The nodes to take from, in order: one where one is enough, else as few as there can be.</summary>
    private List<NodeCores> Order(NodeCores[] nodes, PartitionWish wish, int? nearNode, bool anyApicId)
    {
        NodeCores? single = null;
        (int, bool, bool, int, int) best = default;
        foreach (NodeCores node in nodes)
        {
            int free = node.Free(anyApicId);
            if (free < wish.CpuCount)
            {
                continue;
            }

            // The node near the devices, then one with the memory, then one where no cache is shared, then the fullest, so that large gaps stay for large partitions.
            bool lacksMemory = wish.MemoryRanges.Count == 0 && memory.FreeOn(node.Number) < wish.MemorySize;
            (int, bool, bool, int, int) rank = (Distance(node, nearNode), lacksMemory, !node.HasOwnCaches(wish.CpuCount, anyApicId), free, node.Number);
            if (single is null || rank.CompareTo(best) < 0)
            {
                (single, best) = (node, rank);
            }
        }

        return single is null ? Several(nodes, wish.CpuCount, nearNode, anyApicId) : [single];
    }

    private List<NodeCores> Several(NodeCores[] nodes, int count, int? nearNode, bool anyApicId)
    {
        List<NodeCores> left = [.. nodes.Where(node => node.Free(anyApicId) > 0).OrderByDescending(node => node.Free(anyApicId)).ThenBy(node => Distance(node, nearNode)).ThenBy(node => node.Number)];
        int fewest = 0;
        for (int sum = 0; sum < count; fewest++)
        {
            sum += left[fewest].Free(anyApicId);
        }

        NodeCores? near = left.FirstOrDefault(node => node.Number == nearNode);
        NodeCores first = near is not null && near.Free(anyApicId) + left.Where(node => node != near).Take(fewest - 1).Sum(node => node.Free(anyApicId)) >= count ? near : left[0];
        List<NodeCores> order = [first];
        left.Remove(first);
        for (int rest = count - first.Free(anyApicId); rest > 0;)
        {
            NodeCores next = left.Where(node => node.Free(anyApicId) >= rest).OrderBy(node => Distance(node, first.Number)).ThenBy(node => node.Free(anyApicId)).ThenBy(node => node.Number).FirstOrDefault() ?? left[0];
            order.Add(next);
            left.Remove(next);
            rest -= next.Free(anyApicId);
        }

        return order;
    }

    private int Distance(NodeCores node, int? to) => to is int other && other < index.Distances.Count ? index.Distance(other, node.Number) : 0;

    private void Explain(PartitionWish wish, int? nearNode, List<PartitionCpu> chosen, List<string> choices)
    {
        int[] nodes = [.. chosen.Select(cpu => cpu.Node).Distinct().Order()];
        string where = nodes.Length == 1
            ? $"whole cores of node {nodes[0]}{(nodes[0] == nearNode && wish.Devices.Count > 0 ? ", where its devices are" : "")}"
            : $"whole cores of nodes {string.Join(", ", nodes)}: no node has {wish.CpuCount} free CPUs";
        choices.Add($"CPUs {CpuSet.Of(chosen.Select(cpu => cpu.Number))}: {where}{(chosen.Count > wish.CpuCount ? $"; {wish.CpuCount} were asked for, and cores are not split" : "")}");
        if (nodes.Length == 1 && nearNode is int near && near != nodes[0] && wish.Devices.Count > 0)
        {
            choices.Add($"its devices are on node {near}, which has no room for {wish.CpuCount} CPUs");
        }

        PartitionName[] others = [.. chosen.Select(cpu => pool.GroupOf(cpu.Number)).Distinct().SelectMany(group => group.Users).Where(user => user != wish.Name).Distinct().Order()];
        if (others.Length > 0)
        {
            choices.Add($"it shares a last-level cache with {string.Join(", ", others)}: {(nodes.Length == 1 ? $"node {nodes[0]} has" : "these nodes have")} no other cache with room");
        }
    }
}
