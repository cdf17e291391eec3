using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning;

/// <summary>Which addresses lie on which NUMA node.</summary>
internal sealed class NodeMemory
{
    private readonly Dictionary<int, PhysicalRangeSet> _memory;

    /// <summary>Of one machine.</summary>
    // A machine with one node need not tell its addresses: all memory is there.
    public NodeMemory(MachineTopology machine) =>
        _memory = machine.Nodes.ToDictionary(node => node.Number, node => machine.Nodes.Count == 1 ? machine.Memory.Pool.Union(node.Memory) : node.Memory);

    /// <summary>The addresses of a node; none where the machine does not have it.</summary>
    public PhysicalRangeSet Of(int node) => _memory.GetValueOrDefault(node, PhysicalRangeSet.Empty);
}
