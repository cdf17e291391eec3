using System.Diagnostics.CodeAnalysis;
using Parker.Partition;

namespace Parker.Runtime.Journal;

/// <summary>What the entries of a journal say of partitions, up to some entry.</summary>
internal sealed class PartitionTable
{
    private readonly SortedDictionary<PartitionName, PartitionRecord> _partitions = [];

    /// <summary>By name.</summary>
    public IReadOnlyCollection<PartitionRecord> Partitions => _partitions.Values;

    /// <summary>The table after all entries of a journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="applied">Called with each entry, in order.</param>
    /// <exception cref="JournalCorruptException">It cannot be read, or contradicts itself.</exception>
    public static PartitionTable Of(IJournal journal, Action<JournalEntry>? applied = null)
    {
        PartitionTable table = new();
        int line = 1;
        foreach (JournalEntry entry in journal.ReadAll())
        {
            line++;
            try
            {
                table.Apply(entry);
            }
            catch (Exception contradiction) when (contradiction is KeyNotFoundException or ArgumentException or FormatException)
            {
                throw new JournalCorruptException(journal.Path, line, $"the entry contradicts those before it: {contradiction.Message}");
            }

            applied?.Invoke(entry);
        }

        return table;
    }

    /// <summary>Finds a partition.</summary>
    public bool TryFind(PartitionName name, [NotNullWhen(true)] out PartitionRecord? partition) => _partitions.TryGetValue(name, out partition);

    /// <summary>Goes on by one entry.</summary>
    public void Apply(JournalEntry entry)
    {
        PartitionName name = PartitionName.Parse(entry.Partition);
        switch (entry)
        {
            case PartitionDefined defined:
                _partitions[name] = new PartitionRecord(defined);
                break;
            case PartitionKept kept:
                _partitions[name] = new PartitionRecord(kept);
                break;
            case PartitionRemoved:
                _partitions.Remove(name);
                break;
            default:
                _partitions[name].Apply(entry);
                break;
        }
    }
}
