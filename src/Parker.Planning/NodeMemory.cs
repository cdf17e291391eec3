using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning;

/// <summary>Which addresses lie on which NUMA node.</summary>
/// <param name="machine">The machine.</param>
internal sealed class NodeMemory(MachineTopology machine)
{
    // A machine with one node need not tell its addresses: all memory is there.
    private readonly PhysicalRangeSet? _all = machine.Nodes.Count == 1 ? machine.Memory.Pool.Union(machine.Nodes[0].Memory) : null;

    /// <summary>The addresses of a node; none where the machine does not have it.</summary>
    public PhysicalRangeSet Of(int node) =>
        machine.Nodes.FirstOrDefault(one => one.Number == node) is NumaNode found ? _all ?? found.Memory : PhysicalRangeSet.Empty;
}
