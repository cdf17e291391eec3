namespace Parker.Runtime.Journal;

/// <summary>Where the journal is kept.</summary>
public interface IJournal
{
    /// <summary>Where it is, for messages.</summary>
    string Path { get; }

    /// <summary>All entries, oldest first.</summary>
    /// <exception cref="JournalCorruptException">An entry that is not the last one cannot be read.</exception>
    IReadOnlyList<JournalEntry> ReadAll();

    /// <summary>Adds an entry; it is on the disk when this returns.</summary>
    void Append(JournalEntry entry);

    /// <summary>Puts fewer entries in the place of all; whoever reads sees the ones or the others. <see cref="Position"/> stays.</summary>
    /// <param name="entries">What stays; not more than there are.</param>
    void Replace(IReadOnlyList<JournalEntry> entries);

    /// <summary>The number of entries that were ever appended; the position of the next one.</summary>
    long Position { get; }
}
