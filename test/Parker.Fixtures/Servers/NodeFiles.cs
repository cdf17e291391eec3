using System.Globalization;
using Parker.Fixtures.Acpi;

namespace Parker.Fixtures.Servers;

/// <summary>Writes NUMA nodes: <c>/sys/devices/system/node</c>, SRAT and SLIT. Proximity domains are the nodes' numbers.</summary>
internal static class NodeFiles
{
    private const string Folder = "/sys/devices/system/node";

    /// <param name="tree">The machine.</param>
    /// <param name="cpus">Its CPUs.</param>
    /// <param name="memory">The memory behind each node, holes included.</param>
    /// <param name="pool">What the kernel does not use.</param>
    /// <param name="distance">From a node to a node.</param>
    public static void Write(MachineTree tree, IReadOnlyList<ServerCpu> cpus, IReadOnlyList<IReadOnlyList<MemoryRange>> memory, IReadOnlyList<MemoryRange> pool, Func<int, int, int> distance)
    {
        IEnumerable<int> nodes = Enumerable.Range(0, memory.Count);
        string all = string.Create(CultureInfo.InvariantCulture, $"0-{memory.Count - 1}");
        tree.Line(Folder + "/online", all);
        tree.Line(Folder + "/possible", all);
        foreach (int node in nodes)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"{Folder}/node{node}");
            List<ServerCpu> own = [.. cpus.Where(cpu => cpu.Node == node && cpu.Online)];
            tree.Line(folder + "/cpulist", ServerCpu.List(own));
            tree.Line(folder + "/cpumap", ServerCpu.Mask(own, cpus.Count));
            tree.Line(folder + "/distance", string.Join(' ', nodes.Select(other => distance(node, other))));
            tree.Text(folder + "/meminfo", MemInfo(node, memory[node], pool));
            foreach (ServerCpu cpu in cpus.Where(cpu => cpu.Node == node))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"cpu{cpu.Number}");
                tree.Link($"{folder}/{name}", "/sys/devices/system/cpu/" + name);
            }
        }

        tree.Acpi("SRAT", AcpiTableBytes.Srat(
        [
            .. cpus.Select(cpu => cpu.ApicId < 0xff ? AcpiTableBytes.SratCpu((uint)cpu.Node, (byte)cpu.ApicId) : AcpiTableBytes.SratX2apic((uint)cpu.Node, cpu.ApicId)),
            .. nodes.SelectMany(node => memory[node].Select(range => AcpiTableBytes.SratMemory((uint)node, range.First, range.Length))),
        ]));
        tree.Acpi("SLIT", AcpiTableBytes.Slit(memory.Count, [.. nodes.SelectMany(from => nodes.Select(to => (byte)distance(from, to)))]));
    }

    /// <summary>What the kernel logs of the SRAT's memory.</summary>
    public static IEnumerable<string> LogLines(IReadOnlyList<IReadOnlyList<MemoryRange>> memory) => memory.SelectMany((ranges, node) => ranges.Select(range =>
        string.Create(CultureInfo.InvariantCulture, $"ACPI: SRAT: Node {node} PXM {node} [mem 0x{range.First:x8}-0x{range.Last:x8}]")));

    private static string MemInfo(int node, IReadOnlyList<MemoryRange> memory, IReadOnlyList<MemoryRange> pool)
    {
        ulong bytes = 0;
        foreach (MemoryRange range in memory)
        {
            IEnumerable<MemoryRange> left = [range];
            bytes += pool.Aggregate(left, (ranges, taken) => [.. ranges.SelectMany(one => one.Without(taken))]).Aggregate(0UL, (sum, one) => sum + one.Length);
        }

        // The kernel's own structures and what the firmware keeps: about 1/64.
        ulong kibibytes = (bytes - (bytes / 64)) >> 10;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Node {node} MemTotal:       {kibibytes} kB\nNode {node} MemFree:        {kibibytes - (kibibytes / 16)} kB\nNode {node} MemUsed:        {kibibytes / 16} kB\n");
    }
}
