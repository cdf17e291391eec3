using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>Says how a partition's memory may grow while it runs: from all of the pool that its kernel can add, whoever has it now.</summary>
internal static class SpareMemory
{
    /// <summary>How it may grow.</summary>
    /// <param name="index">The machine.</param>
    /// <param name="memory">What the partition starts with.</param>
    /// <param name="max">How much it may have; not less than that.</param>
    /// <param name="onlyNode">The node that its memory is to be on; null for any.</param>
    public static ElasticMemory Of(MachineIndex index, IReadOnlyList<PartitionMemory> memory, ByteSize max, int? onlyNode)
    {
        ByteSize block = ElasticMemory.BlockOf(memory);
        ByteSize size = memory.Aggregate(ByteSize.Zero, (sum, range) => sum + range.Range.Length);
        ByteSize step = ElasticMemory.StepOf(max > size ? max - size : ByteSize.Zero, block);
        PhysicalRangeSet within = PhysicalRangeSet.Of(PhysicalRange.FromBounds(PhysicalAddress.Zero, ElasticMemory.LimitOf(memory)));
        PhysicalRangeSet room = index.Machine.Memory.Pool.Subtract(PhysicalRangeSet.Of(memory.Select(range => range.Range))).Intersect(within);
        List<PartitionMemory> windows = [];
        foreach (NumaNode node in index.Machine.Nodes)
        {
            if (onlyNode is null || node.Number == onlyNode)
            {
                foreach (PhysicalRange range in room.Intersect(index.Memory.Of(node.Number)).Align(block))
                {
                    windows.Add(new PartitionMemory(range, node.Number));
                }
            }
        }

        return new ElasticMemory(max.Bytes, step.Bytes, windows);
    }
}
