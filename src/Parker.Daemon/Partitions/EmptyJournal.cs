using System.Diagnostics;
using Parker.Runtime.Journal;

namespace Parker.Daemon.Partitions;

/// <summary>Stands for a journal that nobody has begun.</summary>
internal sealed class EmptyJournal : IJournal
{
    public static EmptyJournal Instance { get; } = new();

    public string Path => "an empty journal";

    public long Position => 0;

    public IReadOnlyList<JournalEntry> ReadAll() => [];

    public void Append(JournalEntry entry) => throw new UnreachableException("A reader does not write.");
}
