using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Explicit;

/// <summary>Chooses a partition's memory from the pool.</summary>
internal sealed class MemoryChoice
{
    private readonly MachineTopology _machine;
    private readonly NodeMemory _nodes;
    private readonly PhysicalRangeSet _free;

    /// <summary>Of one machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="taken">The partitions that are defined.</param>
    public MemoryChoice(MachineTopology machine, IReadOnlyList<PartitionPlan> taken)
    {
        _machine = machine;
        _nodes = new NodeMemory(machine);
        _free = machine.Memory.Pool.Subtract(PhysicalRangeSet.Of(taken.SelectMany(plan => plan.Memory).Select(memory => memory.Range)));
    }

    /// <summary>Chooses.</summary>
    /// <param name="wish">Names ranges or says how much.</param>
    /// <param name="cpus">The CPUs: their nodes come first.</param>
    /// <param name="nearNode">The node to prefer, and to insist on where the wish names it; null for any.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes <c>FIT020</c> and up.</param>
    /// <returns>The largest range first, which holds the kernel; empty where there was an error.</returns>
    public IReadOnlyList<PartitionMemory> Choose(PartitionWish wish, IReadOnlyList<PartitionCpu> cpus, int? nearNode, string place, DiagnosticBag diagnostics)
    {
        if (wish.MemoryRanges.Count > 0)
        {
            return TakeNamed(wish.MemoryRanges, place, diagnostics);
        }

        // More than there is stays as it is: the next multiple may lie above all addresses.
        ByteSize size = wish.MemorySize > _free.TotalLength ? wish.MemorySize : wish.MemorySize.AlignUp(PartitionLayout.RangeAlignment);
        if (size.Bytes == 0)
        {
            diagnostics.Error("FIT020", place, "It has no memory.", "Give it some: --memory 4G.");
            return [];
        }

        int[] order = NodeOrder(wish, cpus, nearNode);
        foreach (int node in order)
        {
            if (FreeOn(node).BestFit(size, PartitionLayout.RangeAlignment) is PhysicalRange whole)
            {
                return [new PartitionMemory(whole, node)];
            }
        }

        return Collect(size, order, place, diagnostics);
    }

    private PartitionMemory[] TakeNamed(IReadOnlyList<PhysicalRange> ranges, string place, DiagnosticBag diagnostics)
    {
        List<PartitionMemory> memory = [];
        foreach (PhysicalRange range in ranges)
        {
            if (_free.Contains(range))
            {
                memory.AddRange(_machine.Nodes.Select(node => (node.Number, Parts: _nodes.Of(node.Number).Intersect(range))).SelectMany(part => part.Parts.Select(piece => new PartitionMemory(piece, part.Number))));
            }
            else
            {
                diagnostics.Error("FIT021", place, $"The memory {range} is not free memory of the pool.", _free.IsEmpty ? "The pool is used up or empty." : $"Free are {_free}.");
            }
        }

        return [.. memory];
    }

    private PartitionMemory[] Collect(ByteSize size, int[] order, string place, DiagnosticBag diagnostics)
    {
        List<PartitionMemory> memory = [];
        ByteSize missing = size;
        foreach ((PhysicalRange range, int node) in order.SelectMany(node => FreeOn(node).OrderByDescending(range => range.Length).Select(range => (range, node))))
        {
            ByteSize part = range.Length < missing ? range.Length : missing;
            memory.Add(new PartitionMemory(new PhysicalRange(range.Start, part), node));
            missing -= part;
            if (missing.Bytes == 0)
            {
                // A sort that keeps the order of equals: what is nearest stays first.
                return [.. memory.OrderByDescending(piece => piece.Range.Length)];
            }
        }

        string free = string.Join(", ", order.Select(node => $"{FreeOn(node).TotalLength} on node {node}"));
        diagnostics.Error(
            "FIT022",
            place,
            $"It wants {size} of memory, and {size - missing} of the pool are free ({free}).",
            _machine.Memory.Pool.IsEmpty ? "Boot with a pool: memmap=SIZE$ADDRESS; 'parker check' proposes one." : $"Ask for {size - missing} or less, or destroy another partition.");
        return [];
    }

    /// <summary>The wished node alone; else the CPUs' nodes, those with most of them first, then the others, the nearest first.</summary>
    private int[] NodeOrder(PartitionWish wish, IReadOnlyList<PartitionCpu> cpus, int? nearNode)
    {
        if (wish.Node is int only)
        {
            return [only];
        }

        int CpusOn(int node) => cpus.Count(cpu => cpu.Node == node);
        NumaNode first = _machine.Nodes.OrderByDescending(node => CpusOn(node.Number)).ThenBy(node => node.Number == nearNode ? 0 : 1).ThenBy(node => node.Number).First();
        int DistanceTo(int index) => index < first.Distances.Count ? first.Distances[index] : int.MaxValue;
        return
        [
            .. _machine.Nodes
                .Select((node, index) => (node.Number, Distance: DistanceTo(index)))
                .OrderByDescending(node => CpusOn(node.Number))
                .ThenBy(node => node.Distance)
                .ThenBy(node => node.Number)
                .Select(node => node.Number),
        ];
    }

    private PhysicalRangeSet FreeOn(int node) => _free.Intersect(_nodes.Of(node)).Align(PartitionLayout.RangeAlignment);
}
