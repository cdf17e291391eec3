using Parker.Partition;

namespace Parker.Runtime.Journal;

/// <summary>Reads what a journal says of partitions, for who changes nothing.</summary>
public static class JournaledPartitions
{
    /// <summary>The partitions by name, as they were when the last entry was written.</summary>
    /// <exception cref="JournalCorruptException">The journal cannot be read.</exception>
    public static IReadOnlyList<PartitionRecord> Read(IJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        SortedDictionary<PartitionName, PartitionRecord> partitions = [];
        int line = 1;
        foreach (JournalEntry entry in journal.ReadAll())
        {
            line++;
            try
            {
                Apply(entry, partitions);
            }
            catch (Exception contradiction) when (contradiction is KeyNotFoundException or ArgumentException or FormatException)
            {
                throw new JournalCorruptException(journal.Path, line, $"the entry contradicts those before it: {contradiction.Message}");
            }
        }

        return [.. partitions.Values];
    }

    private static void Apply(JournalEntry entry, SortedDictionary<PartitionName, PartitionRecord> partitions)
    {
        PartitionName name = PartitionName.Parse(entry.Partition);
        switch (entry)
        {
            case PartitionDefined defined:
                partitions[name] = new PartitionRecord(defined);
                break;
            case PartitionRemoved:
                partitions.Remove(name);
                break;
            default:
                partitions[name].Apply(entry);
                break;
        }
    }
}
