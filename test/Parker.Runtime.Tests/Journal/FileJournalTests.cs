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
        whole[JournalCodec.HeaderOf(0).Length + 20] ^= 1;
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
        for (int length = 0; length <= JournalCodec.HeaderOf(0).Length; length++)
        {
            File.WriteAllText(Path, JournalCodec.HeaderOf(0)[..length]);
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

    [Fact]
    public void Journal_of_another_version_is_refused_with_what_to_do()
    {
        File.WriteAllText(Path, "parker-journal 1\n");
        using FileJournal journal = FileJournal.Open(Path);
        JournalCorruptException other = Assert.Throws<JournalCorruptException>(() => journal.ReadAll());
        Assert.Contains("has the form of version 1, and this parker reads version 2", other.Message, StringComparison.Ordinal);
        Assert.Equal("parker-journal 1\n", File.ReadAllText(Path));
    }

    [Theory]
    [InlineData("parker-journal 2 7 00000000")]
    [InlineData("parker-journal 2 x 00000000")]
    [InlineData("parker-journal 2")]
    public void First_line_that_was_changed_is_corrupt(string line)
    {
        File.WriteAllText(Path, line + "\n");
        using FileJournal journal = FileJournal.Open(Path);
        JournalCorruptException corrupt = Assert.Throws<JournalCorruptException>(() => journal.ReadAll());
        Assert.Contains(Path + ":1", corrupt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replaced_entries_keep_the_position_and_the_journal_goes_on()
    {
        using (FileJournal journal = FileJournal.Open(Path))
        {
            for (int number = 0; number < 10; number++)
            {
                journal.Append(new PartitionRemoved(DateTimeOffset.UnixEpoch, $"p{number}"));
            }

            using FileJournal reader = FileJournal.OpenToRead(Path)!;
            journal.Replace([.. journal.ReadAll().Skip(8)]);
            Assert.Equal(10, journal.Position);
            journal.Append(new PartitionRemoved(DateTimeOffset.UnixEpoch, "next"));

            // Who had opened the old one reads that to its end.
            Assert.Equal(10, reader.ReadAll().Count);
        }

        using FileJournal again = FileJournal.Open(Path);
        Assert.Equal(["p8", "p9", "next"], again.ReadAll().Select(entry => entry.Partition));
        Assert.Equal(11, again.Position);
        Assert.Equal([Path], Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void Half_a_replacement_of_a_writer_that_died_is_nothing()
    {
        byte[] whole = WriteTwo();
        File.WriteAllBytes(Path + ".new", whole[..^10]);
        using FileJournal journal = FileJournal.Open(Path);
        Assert.Equal(2, journal.ReadAll().Count);
        journal.Replace([.. journal.ReadAll().Skip(1)]);
        Assert.Equal("lost", Assert.Single(journal.ReadAll()).Partition);
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
