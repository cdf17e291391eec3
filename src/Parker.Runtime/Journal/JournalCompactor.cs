namespace Parker.Runtime.Journal;

/// <summary>Says what a journal is that holds the same with fewer entries: how the partitions were at some entry, and all entries since.</summary>
internal static class JournalCompactor
{
    /// <summary>At least so many of the newest entries stay as they are, for who reads what happened.</summary>
    public const int Newest = 256;

    /// <summary>A journal of fewer entries is left alone.</summary>
    public const int WorthIt = 4 * Newest;

    /// <summary>The entries of the smaller journal; null where that is not worth it, or an operation has been going on for long.</summary>
    /// <param name="entries">All entries.</param>
    public static IReadOnlyList<JournalEntry>? TryCompact(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count < WorthIt)
        {
            return null;
        }

        PartitionTable table = new();
        IReadOnlyList<JournalEntry>? best = null;
        for (int index = 0; index < entries.Count - Newest; index++)
        {
            table.Apply(entries[index]);

            // Where an operation goes on, what it has done so far is in the entries alone.
            if (index >= entries.Count - Newest - 128 && table.Partitions.All(partition => partition.Unfinished is null) && table.Partitions.Count <= index)
            {
                best = [.. table.Partitions.Select(partition => partition.ToKept(entries[index].Time)), .. entries.Skip(index + 1)];
            }
        }

        return best;
    }
}
