using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Grants;
using Parker.Planning.Validation;

namespace Parker.Planning;

/// <summary>A machine with what planning looks up again and again, worked out once.</summary>
internal sealed class MachineIndex
{
    private const int OwnDistance = 10;
    private const int UnknownDistance = 20;

    private readonly Lazy<BusGrants> _grants;
    private readonly Lazy<HashSet<ApicId>> _apicIds;
    private readonly Lazy<ApicId> _phantom;
    private readonly Lazy<IReadOnlyList<IReadOnlyList<int>>> _distances;
    private readonly PhysicalRangeSet _slotRegions;

    /// <summary>Of a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="lowSlots">Where low slots start, ascending; null for those of its low pool.</param>
    public MachineIndex(MachineTopology machine, IReadOnlyList<PhysicalAddress>? lowSlots = null)
    {
        Machine = machine;
        Cpus = machine.Cpus.ToDictionary(cpu => cpu.Number);
        Memory = new NodeMemory(machine);
        LowSlots = lowSlots ?? [.. LowMemory.Slots(machine.Memory)];
        _slotRegions = lowSlots is null ? LowMemory.SlotRegions(machine.Memory) : PhysicalRangeSet.Of(lowSlots.Select(slot => new PhysicalRange(slot, LowSlotLayout.Size)));
        _grants = new(() => BusGrants.Evaluate(machine));
        _apicIds = new(() => MachineApicIds.Of(machine));
        _phantom = new(() => MachineApicIds.Phantom(ApicIds));
        _distances = new(() => DistancesOf(machine));
    }

    /// <summary>The machine.</summary>
    public MachineTopology Machine { get; }

    /// <summary>Its CPUs by number.</summary>
    public Dictionary<int, LogicalCpu> Cpus { get; }

    /// <summary>Which memory lies on which node.</summary>
    public NodeMemory Memory { get; }

    /// <summary>Where low slots start, ascending.</summary>
    public IReadOnlyList<PhysicalAddress> LowSlots { get; }

    /// <summary>Which buses can be granted.</summary>
    public BusGrants Grants => _grants.Value;

    /// <summary>The APIC IDs that CPUs have or may get.</summary>
    public HashSet<ApicId> ApicIds => _apicIds.Value;

    /// <summary>An APIC ID that no CPU has.</summary>
    public ApicId Phantom => _phantom.Value;

    /// <summary>Distances by node number: <c>[from][to]</c>; what the machine does not tell, or has no node for, is as far as the firmware's default.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Distances => _distances.Value;

    /// <summary>The regions that low slots can lie in.</summary>
    public PhysicalRangeSet SlotRegions => _slotRegions;

    /// <summary>The distance between two nodes that the machine has.</summary>
    public int Distance(int from, int to) => Distances[from][to];

    /// <summary>Some nodes, then the others, the nearest first.</summary>
    /// <param name="own">Those that come first.</param>
    /// <param name="from">Where distances are from.</param>
    public int[] NodesFrom(int[] own, int from) => [.. own, .. Machine.Nodes.Select(node => node.Number).Except(own).OrderBy(node => Distance(from, node)).ThenBy(node => node)];

    private static int[][] DistancesOf(MachineTopology machine)
    {
        int count = machine.Nodes.Max(node => node.Number) + 1;
        int[][] distances = [.. Enumerable.Range(0, count).Select(from => Enumerable.Range(0, count).Select(to => from == to ? OwnDistance : UnknownDistance).ToArray())];
        foreach (NumaNode from in machine.Nodes)
        {
            for (int index = 0; index < from.Distances.Count && index < machine.Nodes.Count; index++)
            {
                distances[from.Number][machine.Nodes[index].Number] = from.Distances[index];
            }
        }

        return distances;
    }
}
