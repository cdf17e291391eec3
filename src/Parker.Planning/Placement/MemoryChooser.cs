using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Planning.Placement;

/// <summary>Chooses partitions' memory from the pool.</summary>
/// <param name="index">The machine.</param>
/// <param name="pool">What is free.</param>
internal sealed class MemoryChooser(MachineIndex index, MemoryPool pool)
{
    /// <summary>Chooses.</summary>
    /// <param name="wish">Names ranges or says how much.</param>
    /// <param name="cpus">The CPUs: their nodes come first.</param>
    /// <param name="nearNode">The node of its devices; null for none.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes <c>FIT020</c> and up.</param>
    /// <param name="choices">Takes why.</param>
    /// <returns>The largest range first, which holds the kernel; empty where there was an error.</returns>
    public IReadOnlyList<PartitionMemory> Choose(PartitionWish wish, IReadOnlyList<PartitionCpu> cpus, int? nearNode, string place, DiagnosticBag diagnostics, List<string> choices)
    {
        if (wish.MemoryRanges.Count > 0)
        {
            return TakeNamed(wish, place, diagnostics);
        }

        if (wish.MemorySize.Bytes == 0)
        {
            diagnostics.Error("FIT020", place, "It has no memory.", "Give it some, such as 4G.");
            return [];
        }

        int[] own = [.. cpus.GroupBy(cpu => cpu.Node).OrderByDescending(node => node.Count()).ThenBy(node => node.Key).Select(node => node.Key)];
        // The other nodes are looked at only where those of the CPUs have no whole range.
        if (wish.Node is null && own.Length > 0 && wish.MemorySize <= own.Aggregate(ByteSize.Zero, (sum, node) => sum + pool.FreeOn(node)) && Find(wish.MemorySize.AlignUp(PartitionLayout.RangeAlignment), own) is PartitionMemory near)
        {
            return Take([near], own, choices);
        }

        int[] order = wish.Node is int only ? [only] : NodeOrder(own, nearNode);
        ByteSize free = order.Aggregate(ByteSize.Zero, (sum, node) => sum + pool.FreeOn(node));
        if (free < wish.MemorySize)
        {
            string where = string.Join(", ", order.Select(node => $"{pool.FreeOn(node)} on node {node}"));
            diagnostics.Error(
                "FIT022",
                place,
                $"It wants {wish.MemorySize} of memory, and {free} of the pool are free ({where}).",
                index.Machine.Memory.Pool.IsEmpty ? "Boot with a pool: memmap=SIZE$ADDRESS; 'parker check' proposes one." : free.Bytes == 0 ? "Destroy another partition." : $"Ask for {free} or less, or destroy another partition.");
            return [];
        }

        ByteSize size = wish.MemorySize.AlignUp(PartitionLayout.RangeAlignment);
        return Take(Whole(size, order, own.Length) ?? Pieces(size, order), own, choices);
    }

    private PartitionMemory[] Take(PartitionMemory[] memory, int[] own, List<string> choices)
    {
        foreach (PartitionMemory piece in memory)
        {
            pool.Take(piece.Node, piece.Range);
        }

        choices.Add(Explain(memory.Aggregate(ByteSize.Zero, (sum, piece) => sum + piece.Range.Length), memory, own));
        return memory;
    }

    private PartitionMemory[] TakeNamed(PartitionWish wish, string place, DiagnosticBag diagnostics)
    {
        List<PartitionMemory> memory = [];
        foreach (PhysicalRange range in wish.MemoryRanges)
        {
            if (pool.CanTakeNamed(wish.Name, range))
            {
                memory.AddRange(index.Machine.Nodes.Select(node => (node.Number, Parts: index.Memory.Of(node.Number).Intersect(range))).SelectMany(part => part.Parts.Select(piece => new PartitionMemory(piece, part.Number))));
            }
            else
            {
                diagnostics.Error("FIT021", place, $"The memory {range} is not free memory of the pool.", pool.NotNamed.IsEmpty ? "The pool is used up or empty." : $"Free are {pool.NotNamed}.");
            }
        }

        return [.. memory];
    }

    /// <summary>One range: on the nodes of the CPUs first, and only where those have none, on another.</summary>
    private PartitionMemory[]? Whole(ByteSize size, int[] order, int own)
    {
        int[] near = [.. order.Take(own)];
        if (Find(size, near) is PartitionMemory onOwn)
        {
            return [onOwn];
        }

        bool fitsInPieces = near.Aggregate(ByteSize.Zero, (sum, node) => sum + pool.FreeOn(node)) >= size;
        return !fitsInPieces && Find(size, order.Skip(own)) is PartitionMemory onOther ? [onOther] : null;
    }

    private PartitionMemory? Find(ByteSize size, IEnumerable<int> nodes)
    {
        foreach (int node in nodes)
        {
            if (pool.FreeOn(node) >= size && pool.RangesOn(node).BestFit(size, PartitionLayout.RangeAlignment) is PhysicalRange range)
            {
                return new PartitionMemory(range, node);
            }
        }

        return null;
    }

    /// <summary>Several ranges: node by node, the largest first, and for what is left the smallest that holds it.</summary>
    private PartitionMemory[] Pieces(ByteSize size, int[] order)
    {
        List<PartitionMemory> memory = [];
        ByteSize missing = size;
        foreach (int node in order)
        {
            foreach (PhysicalRange range in pool.RangesOn(node).OrderByDescending(range => range.Length))
            {
                if (missing.Bytes == 0)
                {
                    break;
                }

                PhysicalRange part = range.Length < missing ? range : LastPiece(node, memory, missing);
                memory.Add(new PartitionMemory(part, node));
                missing -= part.Length;
            }
        }

        // A sort that keeps the order of equals: what is nearest stays first.
        return [.. memory.OrderByDescending(piece => piece.Range.Length)];
    }

    private PhysicalRange LastPiece(int node, List<PartitionMemory> taken, ByteSize missing) =>
        pool.RangesOn(node).Subtract(PhysicalRangeSet.Of(taken.Select(piece => piece.Range))).BestFit(missing, PartitionLayout.RangeAlignment)!.Value;

    /// <summary>The CPUs' nodes, then the others, the nearest first.</summary>
    private int[] NodeOrder(int[] own, int? nearNode)
    {
        // Without CPUs there was an error, and the rest is only told.
        int from = own.Length > 0 ? own[0] : nearNode is int near && near < index.Distances.Count ? near : index.Machine.Nodes[0].Number;
        return index.NodesFrom(own, from);
    }

    private static string Explain(ByteSize size, PartitionMemory[] memory, int[] own)
    {
        string where = string.Join(", ", memory.Select(piece => piece.Node).Distinct().Order());
        string ranges = memory.Length == 1 ? "one range" : $"{memory.Length} ranges, because none is large enough";
        bool isFar = memory.Any(piece => !own.Contains(piece.Node));
        return $"{size} of memory: {ranges} on node {where}{(isFar ? $"; node {string.Join(", ", own)}, where its CPUs are, has too little left" : "")}";
    }
}
