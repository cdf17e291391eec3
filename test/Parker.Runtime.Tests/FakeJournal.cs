using Parker.Runtime.Journal;

namespace Parker.Runtime.Tests;

/// <summary>A journal in memory that goes through the real encoding, and can be the point where the process dies.</summary>
public sealed class FakeJournal(FaultPlan faults) : IJournal
{
    private readonly List<string> _lines = [];

    public string Path => "the fake journal";

    public long Position { get; private set; }

    public int Count => _lines.Count;

    public IReadOnlyList<JournalEntry> ReadAll() =>
        [.. _lines.Select(line => JournalCodec.TryDecode(line, out string error) ?? throw new InvalidOperationException(error))];

    public void Append(JournalEntry entry) => faults.Point($"journal: {entry.GetType().Name}", canBeRefused: false, () =>
    {
        _lines.Add(JournalCodec.Encode(entry));
        Position++;
    });

    public void Replace(IReadOnlyList<JournalEntry> entries) => faults.Point("journal: replaced", canBeRefused: false, () =>
    {
        _lines.Clear();
        _lines.AddRange(entries.Select(JournalCodec.Encode));
    });
}
