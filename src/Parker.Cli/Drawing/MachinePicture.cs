using System.Globalization;
using Parker.Cli.Output;
using Parker.Cli.Topologies;
using Parker.Daemon.Machines;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Planning.Grants;

namespace Parker.Cli.Drawing;

/// <summary>What the drawings of a machine show, whatever they are drawn with.</summary>
/// <param name="Title">The machine's name.</param>
/// <param name="Detail">The machine in a line.</param>
/// <param name="Nodes">The nodes by number, then what belongs to none.</param>
internal sealed record MachinePicture(string Title, string Detail, IReadOnlyList<PictureNode> Nodes)
{
    /// <summary>The picture of a machine.</summary>
    public static MachinePicture Of(MachineTopology topology, BusGrants grants)
    {
        IReadOnlyList<CoreOfThreads> cores = CoreOfThreads.AllOf(topology);
        IReadOnlyList<MemoryUse> memory = MemoryUse.AllOf(topology.Memory);
        BusCandidate[] buses = [.. grants.Candidates.Where(candidate => candidate.Port is not null && candidate.Functions.Count > 0)];

        // With one node there is nothing to choose, whatever the firmware leaves out.
        bool single = topology.Nodes.Count == 1;
        List<PictureNode> nodes =
        [
            .. topology.Nodes.Select(node =>
            {
                CoreOfThreads[] mine = [.. cores.Where(core => single || core.Node == node.Number)];
                return new PictureNode(
                    string.Create(CultureInfo.InvariantCulture, $"Node {node.Number}"),
                    DetailOf(node, topology.Nodes, mine),
                    [.. Groups(mine, topology.Caches)],
                    [.. Merged(memory, node.Memory, single && node.Memory.IsEmpty)],
                    [.. buses.Where(bus => single || bus.Node == node.Number).Select(bus => BusOf(bus, topology, grants))]);
            }),
        ];
        BusCandidate[] elsewhere = single ? [] : [.. buses.Where(bus => !topology.Nodes.Any(node => node.Number == bus.Node))];
        if (elsewhere.Length > 0)
        {
            nodes.Add(new PictureNode("No known node", "", [], [], [.. elsewhere.Select(bus => BusOf(bus, topology, grants))]));
        }

        return new MachinePicture(TitleOf(topology), DetailOf(topology, cores.Count), nodes);
    }

    private static string TitleOf(MachineTopology topology)
    {
        string name = $"{topology.Identity.Vendor} {topology.Identity.Product}".Trim();
        return PlainText.Of(name.Length > 0 ? name : topology.Processor.ModelName.Length > 0 ? topology.Processor.ModelName : "Machine");
    }

    private static string DetailOf(MachineTopology topology, int cores)
    {
        int packages = topology.Cpus.Where(cpu => cpu.Package >= 0).Select(cpu => cpu.Package).Distinct().Count();
        ByteSize ram = PhysicalRangeSet.Of(topology.Nodes.SelectMany(node => node.Memory)).TotalLength;
        string pool = topology.Memory.Pool.IsEmpty ? "no memory pool" : $"pool {topology.Memory.Pool.TotalLength.ToDisplayString()}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(packages, "package")}, {Count(topology.Nodes.Count, "node")}, {Count(cores, "core")}, {Count(topology.Cpus.Count, "CPU")}; {ram.ToDisplayString()} of RAM, {pool}");
    }

    private static string DetailOf(NumaNode node, IReadOnlyList<NumaNode> nodes, CoreOfThreads[] cores)
    {
        int[] packages = [.. cores.Where(core => core.Package >= 0).Select(core => core.Package).Distinct().Order()];
        string place = packages.Length == 0 ? "" : $"package {string.Join(',', packages.Select(package => package.ToString(CultureInfo.InvariantCulture)))}";
        if (nodes.Count < 2 || node.Distances.Count != nodes.Count)
        {
            return place;
        }

        string distances = string.Join(", ", nodes.Select((other, i) => (other, Distance: node.Distances[i])).Where(pair => pair.other != node)
            .GroupBy(pair => pair.Distance, pair => pair.other.Number)
            .OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key} to {CpuSet.Of(group)}")));
        return $"{place}{(place.Length > 0 ? ", " : "")}distance {distances}";
    }

    // By the largest cache, where several cores share one.
    private static IEnumerable<PictureCores> Groups(CoreOfThreads[] cores, IReadOnlyList<CpuCache> caches)
    {
        int level = caches.Select(cache => cache.Level).DefaultIfEmpty(0).Max();
        CpuSet mine = CpuSet.Of(cores.SelectMany(core => core.Cpus).Select(cpu => cpu.Number));
        CpuCache[] last = [.. caches.Where(cache => cache.Level == level)];
        IGrouping<CpuCache?, CoreOfThreads>[] groups =
            [.. cores.GroupBy(core => Array.Find(last, cache => core.Cpus.Any(cpu => cache.SharedBy.Contains(cpu.Number))))];
        if (groups.Length > 1 && groups.All(group => group.Count() == 1))
        {
            return [new PictureCores("", [.. cores.Select(ThreadsOf)])];
        }

        return groups.Select(group => new PictureCores(
            group.Key is CpuCache cache && mine.Contains(cache.SharedBy) ? string.Create(CultureInfo.InvariantCulture, $"L{cache.Level} {cache.Size.ToDisplayString()}") : "",
            [.. group.Select(ThreadsOf)]));
    }

    private static IReadOnlyList<PictureThread> ThreadsOf(CoreOfThreads core) => [.. core.Cpus.Select(ThreadOf)];

    private static PictureThread ThreadOf(LogicalCpu cpu)
    {
        CpuState state = !cpu.Online ? CpuState.Offline : cpu.CanGoOffline.Value is true ? CpuState.Online : CpuState.Stays;
        string evidence = state == CpuState.Stays ? "; stays with the Boot Kernel: " + cpu.CanGoOffline.Evidence : "";
        return new PictureThread(
            cpu.Number,
            state,
            PlainText.Of(string.Create(CultureInfo.InvariantCulture, $"CPU {cpu.Number}, APIC ID {cpu.ApicId.Value?.ToString() ?? "unknown"}, {(cpu.Online ? "online" : "offline")}{evidence}")));
    }

    private static IEnumerable<PictureMemory> Merged(IReadOnlyList<MemoryUse> memory, PhysicalRangeSet within, bool all)
    {
        PictureMemory? last = null;
        foreach (MemoryUse use in memory.Where(use => use.User != MemoryUser.Firmware))
        {
            foreach (PhysicalRange range in all ? PhysicalRangeSet.Of(use.Range) : within.Intersect(use.Range))
            {
                if (last is not null && last.User == use.User)
                {
                    last = last with { Size = last.Size + range.Length };
                    continue;
                }

                if (last is not null)
                {
                    yield return last;
                }

                last = new PictureMemory(use.User, range.Start, range.Length);
            }
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    private static PictureBus BusOf(BusCandidate bus, MachineTopology topology, BusGrants grants)
    {
        HashSet<PciAddress> functions = [.. bus.Functions];
        string[] kinds =
        [
            .. topology.Pci.Functions.Where(function => functions.Contains(function.Address) && function.Bridge is null)
                .GroupBy(function => PciClassName.Of(function.Class))
                .Select(kind => kind.Count() == 1 ? kind.Key : string.Create(CultureInfo.InvariantCulture, $"{kind.Count()}× {kind.Key}")),
        ];
        string content = kinds.Length > 2 ? string.Create(CultureInfo.InvariantCulture, $"{kinds[0]}, {kinds[1]}, {kinds.Length - 2} more") : string.Join(", ", kinds);
        return new PictureBus(
            bus.Buses.ToString(),
            content.Length > 0 ? content : "bridges only",
            GrantDocuments.VerdictOf(bus, grants),
            [.. bus.Reasons.Where(reason => reason.Refuses).Select(reason => reason.Id).Distinct()]);
    }

    private static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
