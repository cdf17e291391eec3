using System.Globalization;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Logs;

public sealed class PrintkRingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_of_a_few_records_is_read_with_all_that_belongs_to_them(bool fiveLevels)
    {
        SyntheticKernel kernel = new(fiveLevels: fiveLevels);
        kernel.Log("Linux version 6.12", level: 5);
        kernel.Log("");
        kernel.Log("pci 0000:01:00.0: two\nlines", level: 3, device: "+pci:0000:01:00.0");
        LogReading reading = Open(kernel).Read(default, includeOpen: true);
        Assert.Equal(["Linux version 6.12", "", "pci 0000:01:00.0: two\nlines"], reading.Records.Select(record => record.Text));
        Assert.Equal(0UL, reading.Lost);
        LogRecord last = reading.Records[2];
        Assert.Equal((2UL, 2000UL, LogLevel.Error, 42U), (last.Sequence, last.TimeNanoseconds, last.Level, last.ThreadId!.Value));
        Assert.Equal(("pci", "+pci:0000:01:00.0"), (last.Subsystem, last.Device));
        Assert.Null(last.Processor);
    }

    [Fact]
    public void Log_before_its_first_record_is_empty() => Assert.Empty(Open(new SyntheticKernel()).Read(default, includeOpen: true).Records);

    [Theory]
    [InlineData(6, 12)]
    [InlineData(4, 14)]
    [InlineData(10, 10)]
    public void Log_that_went_around_many_times_has_the_newest_records_whole(int countBits, int sizeBits)
    {
        SyntheticKernel kernel = new(countBits, sizeBits);
        for (int i = 0; i < 3000; i++)
        {
            kernel.Log(Text(i));
        }

        IReadOnlyList<LogRecord> records = Open(kernel).Read(default, includeOpen: true).Records;
        Assert.True(records.Count > 10, $"only {records.Count} records");
        Assert.Equal(2999UL, records[^1].Sequence);
        for (int i = 0; i < records.Count; i++)
        {
            Assert.Equal(records[0].Sequence + (ulong)i, records[i].Sequence);
            Assert.Equal(Text((int)records[i].Sequence), records[i].Text);
        }
    }

    [Fact]
    public void Follower_gets_each_record_once_and_is_told_how_many_it_missed()
    {
        SyntheticKernel kernel = new(countBits: 4);
        kernel.Log("0");
        PrintkRing ring = Open(kernel);
        LogReading first = ring.Read(default, includeOpen: false);
        Assert.Equal("0", Assert.Single(first.Records).Text);
        Assert.Empty(ring.Read(first.Position, includeOpen: false).Records);
        kernel.Log("1");
        LogReading second = ring.Read(first.Position, includeOpen: false);
        Assert.Equal("1", Assert.Single(second.Records).Text);
        for (int i = 2; i < 40; i++)
        {
            kernel.Log(i.ToString(CultureInfo.InvariantCulture));
        }

        LogReading third = ring.Read(second.Position, includeOpen: false);
        Assert.Equal(40 - 2UL, third.Lost + (ulong)third.Records.Count);
        Assert.Equal("39", third.Records[^1].Text);
    }

    [Theory]
    [InlineData(6, 12)]
    [InlineData(10, 10)]
    public void Follower_that_keeps_up_misses_none_also_where_positions_pass_zero(int countBits, int sizeBits)
    {
        SyntheticKernel kernel = new(countBits, sizeBits);
        PrintkRing ring = Open(kernel);
        LogPosition position = default;
        for (int i = 0; i < 1000; i++)
        {
            kernel.Log(Text(i));
            LogReading reading = ring.Read(position, includeOpen: false);
            Assert.Equal((i, 0UL, Text(i)), (i, reading.Lost, Assert.Single(reading.Records).Text));
            position = reading.Position;
        }
    }

    [Fact]
    public void Follower_waits_for_a_record_that_may_grow_and_who_reads_once_takes_it()
    {
        SyntheticKernel kernel = new();
        kernel.Log("whole");
        kernel.Log("may gr", state: 1);
        PrintkRing ring = Open(kernel);
        LogReading waiting = ring.Read(default, includeOpen: false);
        Assert.Equal("whole", Assert.Single(waiting.Records).Text);
        Assert.Equal(["whole", "may gr"], ring.Read(default, includeOpen: true).Records.Select(record => record.Text));
        kernel.WriteState(kernel.HeadId, 2);
        Assert.Equal("may gr", Assert.Single(ring.Read(waiting.Position, includeOpen: false).Records).Text);
    }

    [Fact]
    public void Record_that_a_stopped_cpu_left_in_mid_write_hides_none_that_follow()
    {
        SyntheticKernel kernel = new();
        kernel.Log("before");
        kernel.Log("being writ", state: 0);
        kernel.Log("after");
        Assert.Equal(["before", "after"], Open(kernel).Read(default, includeOpen: true).Records.Select(record => record.Text));
    }

    [Fact]
    public void Kernel_that_writes_at_full_speed_while_it_is_read_never_gives_a_torn_record()
    {
        SyntheticKernel kernel = new(countBits: 5, sizeBits: 10);
        int written = 0;
        Random random = new(1);
        kernel.Memory.BeforeRead = (_, _) =>
        {
            if (random.Next(8) == 0)
            {
                kernel.Log(Text(written++));
            }
        };
        LogPosition position = default;
        int seen = 0;
        while (written < 30_000)
        {
            LogReading reading = Open(kernel).Read(position, includeOpen: false);
            position = reading.Position;
            foreach (LogRecord record in reading.Records)
            {
                Assert.Equal(Text((int)record.Sequence), record.Text);
                seen++;
            }
        }

        Assert.True(seen > 100, $"only {seen} records were seen");
    }

    [Fact]
    public void Text_block_of_another_record_is_not_taken_for_this_ones()
    {
        SyntheticKernel kernel = new();
        kernel.Log("first");
        kernel.Log("second");

        // The id at the head of the first block.
        kernel.WriteAt(kernel.Data, [0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(["second"], Open(kernel).Read(default, includeOpen: true).Records.Select(record => record.Text));
    }

    [Theory]
    [InlineData("SYMBOL(prb)", "INS002")]
    [InlineData("OFFSET(printk_info.seq)", "INS002")]
    [InlineData("SIZE(printk_info)", "INS002")]
    public void Kernel_that_does_not_say_where_its_log_is_gets_a_diagnostic(string line, string id)
    {
        SyntheticKernel kernel = new();
        kernel.WriteVmCoreInfo(kernel.VmCoreInfo.Replace(line, "NOTHING", StringComparison.Ordinal));
        Assert.Equal(id, Refusal(kernel));
    }

    [Fact]
    public void Pointer_to_nowhere_gets_a_diagnostic()
    {
        SyntheticKernel kernel = new();
        kernel.Word(SyntheticKernel.PrbOffset, 0x1234_5678_9ABC_DEF0);
        Assert.Equal("INS003", Refusal(kernel));
    }

    [Theory]
    [InlineData(0x00, 63)]
    [InlineData(0x00, 0)]
    [InlineData(0x30, 64)]
    public void Impossible_sizes_get_a_diagnostic(int offset, uint value)
    {
        SyntheticKernel kernel = new();
        kernel.Half(SyntheticKernel.RingOffset + offset, value);
        Assert.Equal("INS004", Refusal(kernel));
    }

    [Fact]
    public void Ring_that_claims_more_than_there_is_gives_what_there_is()
    {
        SyntheticKernel kernel = new();
        kernel.Log("here");
        kernel.Word(SyntheticKernel.RingOffset + 0x20, kernel.HeadId + 12345);
        Assert.Equal("here", Assert.Single(Open(kernel).Read(default, includeOpen: true).Records).Text);
    }

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"record {number} {new string((char)('a' + (number % 26)), number % 61)}");

    private static PrintkRing Open(SyntheticKernel kernel)
    {
        DiagnosticBag diagnostics = [];
        ApplicationKernel? opened = ApplicationKernel.TryOpen(kernel.Memory, kernel.Memory.Start + new ByteSize(SyntheticKernel.VmCoreInfoOffset), diagnostics);
        PrintkRing? ring = opened?.TryOpenLog(diagnostics);
        Assert.Empty(diagnostics);
        return ring!;
    }

    private static string Refusal(SyntheticKernel kernel)
    {
        DiagnosticBag diagnostics = [];
        Assert.Null(ApplicationKernel.TryOpen(kernel.Memory, null, diagnostics)!.TryOpenLog(diagnostics));
        return Assert.Single(diagnostics).Id;
    }
}
