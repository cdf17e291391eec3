using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Journal;

namespace Parker.Runtime.Tests;

/// <summary>What others do to the machine or to a partition's memory is seen and said; and the journal is made smaller without that anything is forgotten.</summary>
public sealed class ChangedMachineTests
{
    private static readonly PartitionName Name = PartitionName.Parse("db");

    private readonly FakeMachine _machine = new();
    private readonly FakeJournal _journal;
    private readonly FakeImages _images = new();
    private PartitionRuntime _runtime;

    public ChangedMachineTests()
    {
        _journal = new FakeJournal(_machine.Faults);
        _runtime = Open();
        _runtime.Define(TestPlans.Plan());
        _runtime.Start(Name);
        Write(HeaderPageLayout.Heartbeat, 7);
        _runtime.Observe();
        Assert.Equal(PartitionState.Running, Partition.State);
    }

    private static PhysicalAddress Header => TestPlans.Plan().PrimaryRange.Start;

    private PartitionRecord Partition => _runtime.Find(Name);

    [Theory]
    [InlineData(0x000, "its magic is 0x")]
    [InlineData(0x008, "its version is ")]
    [InlineData(0x00C, "its checksum does not fit")]
    [InlineData(0x010, "its boot ID is ")]
    [InlineData(0x020, "its name is another one")]
    [InlineData(0x040, "its journal position is ")]
    [InlineData(0x048, "its checksum does not fit")]
    [InlineData(0x050, "the hash of its kernel differs")]
    [InlineData(0x060, "the hash of its initrd differs")]
    [InlineData(0x070, "the hash of its command line differs")]
    [InlineData(0x0F0, "its checksum does not fit")]
    public void Overwritten_header_page_is_told_by_this_daemon_and_the_next(ulong offset, string difference)
    {
        uint before = _machine.Memory.ReadUInt32(Header + new ByteSize(offset));
        foreach (bool isNext in new[] { false, true })
        {
            Write(new ByteSize(offset), before ^ 0x00000100);
            Reopen(isNext);
            _runtime.Observe();
            Assert.Equal(PartitionState.Failed, Partition.State);
            Assert.StartsWith("its header page was overwritten: " + difference, Partition.Evidence.Text, StringComparison.Ordinal);
            Assert.True(Partition.MayRun);

            // What the page says then is not believed.
            Write(HeaderPageLayout.ResetWord, 0x102);
            _runtime.Observe();
            Assert.Equal(PartitionState.Failed, Partition.State);
            Write(HeaderPageLayout.ResetWord, 0);
            Write(new ByteSize(offset), before);
            _runtime.Observe();
            Assert.Equal(PartitionState.Running, Partition.State);
        }
    }

    [Fact]
    public void Header_page_of_another_boot_of_the_same_partition_proves_nothing()
    {
        byte[] page = new byte[256];
        _machine.Memory.Read(Header, page);
        _runtime.Stop(Name, "asked");
        _runtime.Start(Name);
        _runtime.Observe();
        Assert.Equal(PartitionState.Starting, Partition.State);
        _machine.Memory.Write(Header, page);
        Reopen(isNext: true);
        _runtime.Observe();
        Assert.Contains("its boot ID is", Partition.Evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cpu_brought_online_by_somebody_else_is_in_the_evidence()
    {
        Assert.Empty(_runtime.CheckMachine());
        _machine.BreakHold(5);
        Assert.Equal("db: CPU 5 was brought online in the Boot Kernel by somebody else", Assert.Single(_runtime.CheckMachine()));
        Assert.Empty(_runtime.CheckMachine());
        Assert.EndsWith("; CPU 5 was brought online in the Boot Kernel by somebody else", Partition.Evidence.Text, StringComparison.Ordinal);
        Assert.Equal(PartitionState.Running, Partition.State);
        Reopen(isNext: true);
        Assert.Empty(_runtime.CheckMachine());
        Assert.Contains("CPU 5", Partition.Evidence.Text, StringComparison.Ordinal);
        _machine.TakeCpu(5, new ApicId(10));
        Assert.Equal("db: what is held of the machine is as it was taken again", Assert.Single(_runtime.CheckMachine()));
        Assert.DoesNotContain("CPU 5", Partition.Evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Device_that_a_driver_was_bound_to_is_in_the_evidence()
    {
        _machine.DmaOn.Clear();
        _machine.UnitsOn.Clear();
        FunctionBinding taken = _machine.ReadBinding(PciAddress.Parse("0000:01:00.0"));
        _machine.ReturnFunction(taken with { Driver = "nvme" });
        Assert.Equal("db: 0000:01:00.0 was bound to nvme by somebody else", Assert.Single(_runtime.CheckMachine()));
        Assert.Contains("bound to nvme", Partition.Evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_is_made_smaller_and_nothing_is_forgotten()
    {
        _runtime.Define(TestPlans.Plan("other", "6-7", 8192, 0x20000, withDevice: false), new PartitionPolicy(RestartPolicy.Always, Autostart: true));
        while (_journal.Count < 2 * JournalCompactor.WorthIt)
        {
            _runtime.Start(PartitionName.Parse("other"));
            _runtime.Stop(PartitionName.Parse("other"), "asked");
        }

        string before = Told();
        long position = _journal.Position;
        Assert.True(_runtime.CompactJournal());
        Assert.InRange(_journal.Count, JournalCompactor.Newest, JournalCompactor.Newest + 130);
        Assert.Equal(position, _journal.Position);
        Assert.False(_runtime.CompactJournal());
        Reopen(isNext: true);
        Assert.Equal(before, Told());
        _runtime.Observe();
        Assert.Equal(PartitionState.Running, Partition.State);
        _runtime.Destroy(Name, evenIfRunning: true);
        _runtime.Destroy(PartitionName.Parse("other"), evenIfRunning: true);
        Assert.False(_machine.AnyCpuRuns());
    }

    [Theory]
    [InlineData(FaultKind.DieBefore)]
    [InlineData(FaultKind.DieAfter)]
    public void Death_while_the_journal_is_made_smaller_loses_nothing(FaultKind kind)
    {
        while (_journal.Count < JournalCompactor.WorthIt)
        {
            _runtime.SetPolicy(Name, new PartitionPolicy(RestartPolicy.Always, Autostart: _journal.Count % 2 == 0));
        }

        string before = Told();
        _machine.Faults.At = _machine.Faults.Points;
        _machine.Faults.Kind = kind;
        Assert.Throws<ProcessDiedException>(() => _runtime.CompactJournal());
        _machine.Faults.Revive();
        Reopen(isNext: true);
        Assert.Equal(before, Told());
    }

    private PartitionRuntime Open() => PartitionRuntime.Open(_machine, _journal, _images, new RuntimeOptions());

    private void Reopen(bool isNext)
    {
        if (isNext)
        {
            _runtime.Dispose();
            _runtime = Open();
            Assert.Empty(_runtime.Recover());
        }
    }

    private string Told() => string.Join('\n', _runtime.Partitions.Select(partition => JournalCodec.Encode(partition.ToKept(DateTimeOffset.UnixEpoch))));

    private void Write(ByteSize offset, uint value) => _machine.Memory.WriteUInt32(Header + offset, value);
}
