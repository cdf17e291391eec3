using System.Globalization;
using Parker.Cli.Output;
using Parker.Machine.Topology;

namespace Parker.Cli.Topologies;

/// <summary>Physical memory as a table: each address range once, with who uses it.</summary>
internal static class MemoryListing
{
    public static TableWriter Ranges(MachineTopology topology)
    {
        TableWriter table = new(new("ADDRESSES"), new("SIZE", AlignRight: true), new("NODE"), new("USED BY"));
        foreach (MemoryUse use in MemoryUse.AllOf(topology.Memory))
        {
            IEnumerable<int> nodes = topology.Nodes.Where(node => node.Memory.Overlaps(use.Range)).Select(node => node.Number);
            table.Add(
                use.Range.ToString(),
                use.Range.Length.ToDisplayString(),
                string.Join(',', nodes.Select(node => node.ToString(CultureInfo.InvariantCulture))),
                Name(use));
        }

        return table;
    }

    private static string Name(MemoryUse use) => use.User switch
    {
        MemoryUser.BootKernel => "Boot Kernel",
        MemoryUser.Pool => "pool",
        MemoryUser.LowSlots => "pool: low slots",
        MemoryUser.Nobody => "RAM that nobody uses",
        MemoryUser.Unknown => "RAM",
        _ => "firmware: " + use.Type,
    };
}
