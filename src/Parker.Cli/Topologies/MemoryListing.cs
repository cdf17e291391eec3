using System.Globalization;
using Parker.Cli.Output;
using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Cli.Topologies;

/// <summary>Physical memory as a table: each address range once, with who uses it.</summary>
internal static class MemoryListing
{
    private const string FirmwareRam = "System RAM";

    public static TableWriter Ranges(MachineTopology topology)
    {
        TableWriter table = new(new("ADDRESSES"), new("SIZE", AlignRight: true), new("NODE"), new("USED BY"));
        foreach ((PhysicalRange range, string use) in Uses(topology.Memory).OrderBy(line => line.Range))
        {
            IEnumerable<int> nodes = topology.Nodes.Where(node => node.Memory.Overlaps(range)).Select(node => node.Number);
            table.Add(
                range.ToString(),
                range.Length.ToDisplayString(),
                string.Join(',', nodes.Select(node => node.ToString(CultureInfo.InvariantCulture))),
                use);
        }

        return table;
    }

    private static IEnumerable<(PhysicalRange Range, string Use)> Uses(MemoryMap memory)
    {
        PhysicalRangeSet pool = memory.Pool.Union(memory.LowPool);
        PhysicalRangeSet ram = PhysicalRangeSet.Of(memory.Firmware.Where(range => range.Type == FirmwareRam).Select(range => range.Range));
        return memory.SystemRam.Select(range => (range, "Boot Kernel"))
            .Concat(memory.Pool.Select(range => (range, "pool")))
            .Concat(memory.LowPool.Select(range => (range, "pool: low slots")))
            .Concat(ram.Subtract(memory.SystemRam).Subtract(pool).Select(range => (range, memory.SystemRam.IsEmpty ? "RAM" : "RAM that nobody uses")))
            .Concat(memory.Firmware.Where(range => range.Type != FirmwareRam && !range.Range.IsEmpty).Select(range => (range.Range, "firmware: " + range.Type)));
    }
}
