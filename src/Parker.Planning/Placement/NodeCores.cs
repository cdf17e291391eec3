using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>The free cores of one NUMA node.</summary>
/// <param name="number">The node.</param>
/// <param name="groups">Its cores by last-level cache.</param>
internal sealed class NodeCores(int number, IReadOnlyList<CoreGroup> groups)
{
    /// <summary>The node.</summary>
    public int Number => number;

    /// <summary>The free threads.</summary>
    public int Free(bool anyApicId)
    {
        int free = 0;
        foreach (CoreGroup group in groups)
        {
            free += group.Free(anyApicId);
        }

        return free;
    }

    /// <summary>Whether the count can be had here without a last-level cache that another partition uses.</summary>
    public bool HasOwnCaches(int count, bool anyApicId)
    {
        int free = 0;
        foreach (CoreGroup group in groups)
        {
            free += group.Users.Count == 0 ? group.Free(anyApicId) : 0;
        }

        return free >= count;
    }

    /// <summary>Takes whole cores until there are <paramref name="count"/> threads or the node has no more: from as few caches as possible, those of nobody else first.</summary>
    public List<PartitionCpu> Take(int count, bool anyApicId, PartitionName user)
    {
        List<PartitionCpu> taken = [];
        while (taken.Count < count && Next(count - taken.Count, anyApicId, HasOwnCaches(count - taken.Count, anyApicId)) is CoreGroup group)
        {
            taken.AddRange(group.Take(count - taken.Count, anyApicId, user));
        }

        return taken;
    }

    // The smallest cache that holds the rest; where none does, the largest. One that others use comes after those that nobody uses, unless it alone holds everything and they do not.
    private CoreGroup? Next(int count, bool anyApicId, bool canBeAlone)
    {
        CoreGroup? best = null;
        foreach (CoreGroup group in groups)
        {
            if (group.Free(anyApicId) > 0 && (best is null || Rank(group).CompareTo(Rank(best)) < 0))
            {
                best = group;
            }
        }

        return best;

        (bool IsShared, bool IsTooSmall, bool SharesInVain, int Size) Rank(CoreGroup group)
        {
            int free = group.Free(anyApicId);
            bool isUsed = group.Users.Count > 0;
            return (isUsed && canBeAlone, free < count, isUsed, free < count ? -free : free);
        }
    }
}
