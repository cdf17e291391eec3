using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>The free memory of the pool by node, in whole units of <see cref="PartitionLayout.RangeAlignment"/>.</summary>
internal sealed class MemoryPool
{
    private readonly MachineIndex _index;
    private readonly Dictionary<int, (PhysicalRangeSet Free, ByteSize Total)> _free = [];
    private readonly IReadOnlyList<(PartitionName Owner, PhysicalRange Range)> _named;

    /// <summary>Of one machine.</summary>
    /// <param name="index">The machine.</param>
    /// <param name="named">Ranges that partitions have or name.</param>
    public MemoryPool(MachineIndex index, IReadOnlyList<(PartitionName Owner, PhysicalRange Range)> named)
    {
        _index = index;
        _named = named;
        NotNamed = index.Machine.Memory.Pool.Subtract(PhysicalRangeSet.Of(named.Select(range => range.Range)));
        foreach (NumaNode node in index.Machine.Nodes)
        {
            Set(node.Number, NotNamed.Intersect(index.Memory.Of(node.Number)).Align(PartitionLayout.RangeAlignment));
        }
    }

    /// <summary>The free memory of a node.</summary>
    public ByteSize FreeOn(int node) => _free.GetValueOrDefault(node, (PhysicalRangeSet.Empty, ByteSize.Zero)).Item2;

    /// <summary>The free ranges of a node.</summary>
    public PhysicalRangeSet RangesOn(int node) => _free.GetValueOrDefault(node, (PhysicalRangeSet.Empty, ByteSize.Zero)).Item1;

    /// <summary>What nobody has or names.</summary>
    public PhysicalRangeSet NotNamed { get; }

    /// <summary>Whether a range that a partition names is there, and no other has or names any of it.</summary>
    public bool CanTakeNamed(PartitionName name, PhysicalRange range) =>
        _index.Machine.Memory.Pool.Contains(range) && !_named.Any(other => other.Owner != name && other.Range.Overlaps(range));

    /// <summary>Takes a free range of a node.</summary>
    public void Take(int node, PhysicalRange range) => Set(node, RangesOn(node).Subtract(range));

    private void Set(int node, PhysicalRangeSet free) => _free[node] = (free, free.TotalLength);
}
