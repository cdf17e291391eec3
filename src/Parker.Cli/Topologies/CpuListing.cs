using System.Globalization;
using Parker.Cli.Output;
using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Cli.Topologies;

/// <summary>Packages, NUMA nodes, cores with their threads, and caches as tables.</summary>
internal static class CpuListing
{
    public static TableWriter Packages(MachineTopology topology)
    {
        TableWriter table = new(new("PACKAGE"), new("NODES"), new("DIES", AlignRight: true), new("CORES", AlignRight: true), new("CPUS"));
        foreach (IGrouping<int, CoreOfThreads> package in CoreOfThreads.AllOf(topology).GroupBy(core => core.Package).OrderBy(package => package.Key))
        {
            table.Add(
                package.Key < 0 ? "unknown" : Number(package.Key),
                string.Join(',', package.Select(core => core.Node).Distinct().Order().Select(Number)),
                Number(package.Select(core => core.Die).Distinct().Count()),
                Number(package.Count()),
                CpuSet.Of(package.SelectMany(core => core.Cpus).Select(cpu => cpu.Number)).ToString());
        }

        return table;
    }

    public static TableWriter Nodes(MachineTopology topology)
    {
        TableWriter table = new(
            new("NODE"), new("CPUS"), new("MEMORY", AlignRight: true), new("POOL", AlignRight: true), new("BOOT KERNEL", AlignRight: true), new("DISTANCES"));
        foreach (NumaNode node in topology.Nodes)
        {
            table.Add(
                Number(node.Number),
                node.Cpus.ToString(),
                node.Memory.IsEmpty ? "unknown" : node.Memory.TotalLength.ToDisplayString(),
                topology.Memory.Pool.Intersect(node.Memory).TotalLength.ToDisplayString(),
                node.BootKernelMemory.ToDisplayString(),
                string.Join(' ', node.Distances.Select(Number)));
        }

        return table;
    }

    public static TableWriter Cores(MachineTopology topology)
    {
        TableWriter table = new(
            new("PACKAGE"), new("DIE", AlignRight: true), new("CORE", AlignRight: true), new("NODE", AlignRight: true), new("CPUS"), new("APIC IDS"), new("STATE"), new("CAN GO OFFLINE"));
        foreach (CoreOfThreads core in CoreOfThreads.AllOf(topology))
        {
            table.Add(
                core.Package < 0 ? "unknown" : Number(core.Package),
                Number(core.Die),
                core.Number < 0 ? "" : Number(core.Number),
                Number(core.Node),
                CpuSet.Of(core.Cpus.Select(cpu => cpu.Number)).ToString(),
                string.Join(',', core.Cpus.Select(cpu => cpu.ApicId.Value?.ToString() ?? "unknown")),
                State(core.Cpus),
                CanGoOffline(core.Cpus));
        }

        return table;
    }

    /// <summary>Caches within one core in one line for all of a kind, the others each.</summary>
    public static TableWriter Caches(MachineTopology topology)
    {
        Dictionary<int, CpuSet> siblings = topology.Cpus.ToDictionary(cpu => cpu.Number, cpu => cpu.Siblings);
        TableWriter table = new(new("CACHE"), new("SIZE", AlignRight: true), new("COUNT", AlignRight: true), new("SHARED BY"));
        foreach (var kind in topology.Caches.GroupBy(cache => (cache.Level, cache.Kind, cache.Size, Private: IsWithinACore(cache))))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"L{kind.Key.Level} {KindName(kind.Key.Kind)}");
            if (kind.Key.Private)
            {
                table.Add(name, kind.Key.Size.ToDisplayString(), Number(kind.Count()), "the threads of one core");
                continue;
            }

            foreach (CpuCache cache in kind)
            {
                table.Add(name, cache.Size.ToDisplayString(), "1", "CPUs " + cache.SharedBy);
            }
        }

        return table;

        bool IsWithinACore(CpuCache cache) =>
            cache.SharedBy.IsEmpty || (siblings.TryGetValue(cache.SharedBy.First(), out CpuSet? core) && core.Contains(cache.SharedBy));
    }

    private static string KindName(CpuCacheKind kind) => kind switch
    {
        CpuCacheKind.Data => "data",
        CpuCacheKind.Instruction => "instruction",
        CpuCacheKind.Unified => "unified",
        _ => "of an unknown kind",
    };

    private static string State(IReadOnlyList<LogicalCpu> cpus)
    {
        CpuSet offline = CpuSet.Of(cpus.Where(cpu => !cpu.Online).Select(cpu => cpu.Number));
        return offline.IsEmpty ? "online" : offline.Count == cpus.Count ? "offline" : $"{offline} offline";
    }

    private static string CanGoOffline(IReadOnlyList<LogicalCpu> cpus)
    {
        LogicalCpu? stays = cpus.FirstOrDefault(cpu => cpu.CanGoOffline.Value is not true);
        return stays is null
            ? "yes"
            : string.Create(CultureInfo.InvariantCulture, $"{(stays.CanGoOffline.IsKnown ? "no" : "unknown")}: CPU {stays.Number}: {stays.CanGoOffline.Evidence}");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
