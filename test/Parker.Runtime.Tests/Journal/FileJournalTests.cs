using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime.Tests.Journal;

public sealed class FileJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-journal-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Entries_are_read_back_as_they_were_written()
    {
        PartitionPlan plan = TestPlans.Plan();
        JournalEntry[] written =
        [
            new PartitionDefined(DateTimeOffset.UnixEpoch, "db", plan, new PartitionPolicy(RestartPolicy.OnFailure, Autostart: true)),
            new OperationBegun(DateTimeOffset.UnixEpoch, "db", PartitionOperation.Start, Guid.NewGuid(), Restart: 3),
            new RestartRefused(DateTimeOffset.UnixEpoch, "db", 2, "why"),
            new StepBegun(DateTimeOffset.UnixEpoch, "db", new TakeFunctionStep(new FunctionBinding(plan.Buses[0].Functions[0], "nvme", "", "auto", 6))),
            new StepUndone(DateTimeOffset.UnixEpoch, "db", 0),
            new StateChanged(DateTimeOffset.UnixEpoch, "db", PartitionState.Failed, "a \"reason\" with\nlines"),
        ];
        using (FileJournal journal = FileJournal.Open(Path))
        {
            Array.ForEach(written, journal.Append);
        }

        using FileJournal again = FileJournal.Open(Path);
        Assert.Equal(written.Select(JournalCodec.Encode), again.ReadAll().Select(JournalCodec.Encode));
        Assert.Equal(written.Length, again.Position);
        Assert.Equal(plan.PrimaryRange, ((PartitionDefined)again.ReadAll()[0]).Plan.PrimaryRange);
    }

    [Fact]
    public void Last_line_cut_anywhere_is_dropped_and_the_journal_goes_on()
    {
        byte[] whole = WriteTwo();
        int lastLine = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (int length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using FileJournal journal = FileJournal.Open(Path);
            Assert.Single(journal.ReadAll());
            journal.Append(new PartitionRemoved(DateTimeOffset.UnixEpoch, "second"));
            Assert.Equal(["first", "second"], journal.ReadAll().Select(entry => entry.Partition));
        }
    }

    [Fact]
    public void Damage_before_the_last_line_is_told_with_its_line()
    {
        byte[] whole = WriteTwo();
        whole[JournalCodec.Header.Length + 20] ^= 1;
        File.WriteAllBytes(Path, whole);
        using FileJournal journal = FileJournal.Open(Path);
        JournalCorruptException corrupt = Assert.Throws<JournalCorruptException>(() => journal.ReadAll());
        Assert.Equal(2, corrupt.Line);
        Assert.Contains(Path + ":2", corrupt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_something_else_is_refused()
    {
        File.WriteAllText(Path, "something else\n");
        using FileJournal journal = FileJournal.Open(Path);
        Assert.Equal(1, Assert.Throws<JournalCorruptException>(() => journal.ReadAll()).Line);
        Assert.Equal("something else\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Death_in_the_first_line_leaves_an_empty_journal()
    {
        for (int length = 0; length <= JournalCodec.Header.Length; length++)
        {
            File.WriteAllText(Path, JournalCodec.Header[..length]);
            using FileJournal journal = FileJournal.Open(Path);
            journal.Append(new PartitionRemoved(DateTimeOffset.UnixEpoch, "db"));
            Assert.Single(journal.ReadAll());
        }
    }

    [Fact]
    public void Reader_beside_the_writer_sees_whole_entries_and_changes_nothing()
    {
        byte[] whole = WriteTwo();
        File.WriteAllBytes(Path, whole[..^3]);
        using (FileJournal reader = FileJournal.OpenToRead(Path)!)
        {
            Assert.Single(reader.ReadAll());
        }

        Assert.Equal(whole.Length - 3, new FileInfo(Path).Length);
        Assert.Null(FileJournal.OpenToRead(Path + "-absent"));
    }

    private byte[] WriteTwo()
    {
        using (FileJournal journal = FileJournal.Open(Path))
        {
            journal.Append(new PartitionRemoved(DateTimeOffset.UnixEpoch, "first"));
            journal.Append(new PartitionRemoved(DateTimeOffset.UnixEpoch, "lost"));
        }

        return File.ReadAllBytes(Path);
    }
}
