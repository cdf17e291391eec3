namespace Parker.Runtime.Journal;

/// <summary>Reads what a journal says of partitions, for who changes nothing.</summary>
public static class JournaledPartitions
{
    /// <summary>The partitions by name, as they were when the last entry was written.</summary>
    /// <exception cref="JournalCorruptException">The journal cannot be read.</exception>
    public static IReadOnlyList<PartitionRecord> Read(IJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        return [.. PartitionTable.Of(journal).Partitions];
    }
}
