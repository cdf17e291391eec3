using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime.Watching;

namespace Parker.Runtime.Tests;

public sealed class LifeTests
{
    private static readonly PartitionName Name = PartitionName.Parse("db");

    private readonly FakeMachine _machine = new();
    private readonly FakeJournal _journal;
    private readonly FakeImages _images = new();

    public LifeTests() => _journal = new FakeJournal(_machine.Faults);

    private static PhysicalAddress Header => TestPlans.Plan().PrimaryRange.Start;

    private static PhysicalRangeSet AllMemory => PhysicalRangeSet.Of(TestPlans.Plan().PrimaryRange, new PhysicalRange(TestPlans.Plan().LowSlot, LowSlotLayout.Size));

    [Fact]
    public void Whole_life_leaves_the_machine_as_it_was()
    {
        string before = _machine.Snapshot();
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        StartReport report = runtime.Start(Name);
        Assert.Equal(PartitionState.Starting, runtime.Find(Name).State);
        Assert.Equal(FakeCpuMode.RunsKernel, _machine.ModeOf(4));
        Assert.True(report.Zeroed > ByteSize.FromMebibytes(256));
        runtime.Stop(Name, "asked");
        Assert.Equal(PartitionState.Stopped, runtime.Find(Name).State);
        Assert.Contains("2 CPUs proven parked", runtime.Find(Name).Evidence.Text, StringComparison.Ordinal);
        Assert.Empty(_machine.DmaOn);
        runtime.Start(Name);
        runtime.Stop(Name, "asked");
        runtime.Destroy(Name, evenIfRunning: false);
        Assert.Empty(runtime.Partitions);
        Assert.Equal(before, _machine.Snapshot());
        Assert.True(_machine.Memory.IsAllZero(AllMemory));
    }

    [Theory]
    [InlineData(FaultKind.DieBefore)]
    [InlineData(FaultKind.DieAfter)]
    public void Death_at_every_point_is_undone_or_finished_by_the_next_process(FaultKind kind)
    {
        int points = CountPoints();
        Assert.InRange(points, 80, 1000);
        for (int point = 0; point < points; point++)
        {
            FakeMachine machine = new();
            FakeJournal journal = new(machine.Faults);
            string before = machine.Snapshot();
            machine.Faults.At = point;
            machine.Faults.Kind = kind;
            Assert.Throws<ProcessDiedException>(() => LiveOnce(machine, journal));
            string where = $"{kind} at point {point}: {machine.Faults.Trace[^1]}";
            machine.Faults.Revive();

            PartitionRuntime next = PartitionRuntime.Open(machine, journal, _images, new RuntimeOptions());
            next.Recover();
            Assert.Empty(next.Recover());
            foreach (PartitionRecord partition in next.Partitions)
            {
                Assert.True(partition.Unfinished is null, where);
                Assert.True(partition.State is PartitionState.Defined or PartitionState.Stopped or PartitionState.Starting, $"{where}: {partition.State} {partition.Evidence.Text}");
                Assert.True(machine.AnyCpuRuns() == partition.MayRun, where);
            }

            if (next.Partitions.Count == 1)
            {
                if (!next.Find(Name).MayRun)
                {
                    next.Start(Name);
                }

                next.Destroy(Name, evenIfRunning: true);
            }

            Assert.True(before == machine.Snapshot(), $"{where}\n{machine.Snapshot()}");
            Assert.True(machine.Memory.IsAllZero(AllMemory), where);
        }
    }

    [Fact]
    public void Refusal_at_every_point_is_told_and_leaves_nothing_behind_once_the_machine_consents()
    {
        int points = CountPoints();
        int refused = 0;
        for (int point = 0; point < points; point++)
        {
            FakeMachine machine = new();
            FakeJournal journal = new(machine.Faults);
            string before = machine.Snapshot();
            machine.Faults.At = point;
            machine.Faults.Kind = FaultKind.Refuse;
            string where = "";
            try
            {
                LiveOnce(machine, journal);
                continue;
            }
            catch (MachineException failure)
            {
                refused++;
                where = $"refused at point {point}: {machine.Faults.Trace[point]}: {failure.Message}";
                Assert.Contains("it was told to refuse", failure.Message, StringComparison.Ordinal);
            }

            PartitionRuntime runtime = PartitionRuntime.Open(machine, journal, _images, new RuntimeOptions());
            PartitionRecord partition = runtime.Find(Name);
            Assert.True(partition.State is PartitionState.Failed or PartitionState.Leaked, $"{where}: {partition.State}");
            Assert.Contains("told to refuse", partition.Evidence.Text, StringComparison.Ordinal);
            runtime.Destroy(Name, evenIfRunning: true);
            Assert.True(before == machine.Snapshot(), $"{where}\n{machine.Snapshot()}");
        }

        Assert.InRange(refused, 20, points);
    }

    [Fact]
    public void Cpu_that_never_takes_its_first_instruction_fails_the_start_and_everything_is_given_back()
    {
        string before = _machine.Snapshot();
        _machine.Kernel = FakeKernelBehaviour.NeverStarts;
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        MachineException failure = Assert.Throws<MachineException>(() => runtime.Start(Name));
        Assert.Contains("did not take its first instruction", failure.Message, StringComparison.Ordinal);
        Assert.Equal(MachineException.TimedOut, failure.ErrorNumber);
        Assert.Contains("Everything was given back", failure.Message, StringComparison.Ordinal);
        Assert.Equal(PartitionState.Failed, runtime.Find(Name).State);
        Assert.False(runtime.Find(Name).HoldsMachine);
        Assert.Equal(before, _machine.Snapshot());
    }

    [Fact]
    public void Cpu_that_ignores_INIT_leaks_the_partition_and_nothing_of_it_is_reused()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        _machine.Kernel = FakeKernelBehaviour.IgnoresInit;
        MachineException failure = Assert.Throws<MachineException>(() => runtime.Stop(Name, "asked"));
        Assert.Contains("did not run the park stub", failure.Message, StringComparison.Ordinal);
        PartitionRecord partition = runtime.Find(Name);
        Assert.Equal(PartitionState.Leaked, partition.State);
        Assert.Throws<PartitionException>(() => runtime.Start(Name));
        Assert.Throws<MachineException>(() => runtime.Destroy(Name, evenIfRunning: true));
        Assert.True(partition.HoldsMachine);
        Assert.Equal(FakeCpuMode.RunsKernel, _machine.ModeOf(4));

        _machine.Kernel = FakeKernelBehaviour.Beats;
        runtime.Stop(Name, "asked again");
        Assert.Equal(PartitionState.Stopped, partition.State);
    }

    [Fact]
    public void Cpu_brought_online_behind_our_back_gets_no_INIT()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        _machine.BreakHold(5);
        MachineException failure = Assert.Throws<MachineException>(() => runtime.Stop(Name, "asked"));
        Assert.Contains("CPU 5", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no INIT is sent", failure.Message, StringComparison.Ordinal);
        Assert.Equal(PartitionState.Leaked, runtime.Find(Name).State);
    }

    [Fact]
    public void NMI_goes_to_the_first_CPU_of_a_kernel_that_runs_and_to_no_other()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        Assert.Equal("RUN008", Assert.Throws<PartitionException>(() => runtime.SendNmi(Name)).Diagnostics[0].Id);
        runtime.Start(Name);
        Assert.Equal(4, runtime.SendNmi(Name).Number);
        Write(HeaderPageLayout.ResetWord, 0x102);
        Assert.Equal("RUN008", Assert.Throws<PartitionException>(() => runtime.SendNmi(Name)).Diagnostics[0].Id);
        Write(HeaderPageLayout.ResetWord, 0);
        _machine.BreakHold(4);
        Assert.Contains("nothing is sent", Assert.Throws<MachineException>(() => runtime.SendNmi(Name)).Message, StringComparison.Ordinal);
        Assert.Equal([4], _machine.NmisTaken);
    }

    [Fact]
    public void Define_refuses_what_another_partition_has_and_says_each()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        PartitionException refusal = Assert.Throws<PartitionException>(() => runtime.Define(TestPlans.Plan("other", "5-6")));
        Assert.Equal(["RUN010", "RUN011", "RUN012", "RUN013"], refusal.Diagnostics.Select(diagnostic => diagnostic.Id).Order());
        Assert.Single(runtime.Partitions);
    }

    [Fact]
    public void Start_of_a_refused_image_changes_nothing()
    {
        string before = _machine.Snapshot();
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        long position = _journal.Position;
        _images.Refusal = new Diagnostic("IMG001", DiagnosticSeverity.Error, "/boot/vmlinuz", "It is damaged.");
        Assert.Throws<PartitionException>(() => runtime.Start(Name));
        Assert.Equal(before, _machine.Snapshot());
        Assert.Equal(position, _journal.Position);
    }

    [Fact]
    public void Start_of_a_running_partition_is_refused()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        Assert.Equal("RUN003", Assert.Throws<PartitionException>(() => runtime.Start(Name)).Diagnostics[0].Id);
        Assert.Equal("RUN005", Assert.Throws<PartitionException>(() => runtime.Destroy(Name, evenIfRunning: false)).Diagnostics[0].Id);
    }

    [Fact]
    public void Observation_tells_running_hung_and_each_kind_of_end()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        Assert.Equal(PartitionState.Starting, Look(runtime));
        Write(HeaderPageLayout.StartMark, 1);
        Write(HeaderPageLayout.VirtualMapMark, 1);
        Assert.Equal(PartitionState.Starting, Look(runtime));
        Write(HeaderPageLayout.Heartbeat, 7);
        Assert.Equal(PartitionState.Running, Look(runtime));
        _machine.FakeClock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal(PartitionState.Running, Look(runtime));
        _machine.FakeClock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(PartitionState.Hung, Look(runtime));
        Write(HeaderPageLayout.Heartbeat, 8);
        Assert.Equal(PartitionState.Running, Look(runtime));
        foreach ((uint word, PartitionState state) in new[] { (0x100u, PartitionState.Rebooting), (0x101u, PartitionState.Panicked), (0x102u, PartitionState.Off), (0xDEADu, PartitionState.Failed) })
        {
            Write(HeaderPageLayout.ResetWord, word);
            Assert.Equal(state, Look(runtime));
        }
    }

    [Fact]
    public void Kernel_that_never_reaches_SetVirtualAddressMap_is_hung_after_the_start_timeout()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        Write(HeaderPageLayout.StartMark, 1);
        _machine.FakeClock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(PartitionState.Hung, Look(runtime));
        Assert.Contains("has not called SetVirtualAddressMap", runtime.Find(Name).Evidence.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Polite_stop_writes_the_command_and_waits_for_the_reset_word()
    {
        PartitionRuntime runtime = Open();
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        Assert.Equal(ShutdownAnswer.CannotBeAsked, runtime.AskToShutDown(Name, TimeSpan.FromSeconds(5)));
        Write(HeaderPageLayout.Heartbeat, 3);
        Assert.Equal(ShutdownAnswer.StayedUp, runtime.AskToShutDown(Name, TimeSpan.FromSeconds(5)));
        Assert.Equal((uint)HeaderCommand.ShutDown, _machine.Memory.ReadUInt32(Header + HeaderPageLayout.Command));
        Write(HeaderPageLayout.ResetWord, 0x102);
        Assert.Equal(ShutdownAnswer.EndedBefore, runtime.AskToShutDown(Name, TimeSpan.FromSeconds(5)));
    }

    private PartitionRuntime Open() => PartitionRuntime.Open(_machine, _journal, _images, new RuntimeOptions());

    private static PartitionState Look(PartitionRuntime runtime)
    {
        runtime.Observe(Name);
        return runtime.Find(Name).State;
    }

    private void Write(ByteSize offset, uint value) => _machine.Memory.WriteUInt32(Header + offset, value);

    private void LiveOnce(FakeMachine machine, FakeJournal journal)
    {
        PartitionRuntime runtime = PartitionRuntime.Open(machine, journal, _images, new RuntimeOptions());
        runtime.Define(TestPlans.Plan());
        runtime.Start(Name);
        runtime.Stop(Name, "asked");
        runtime.Start(Name);
        runtime.Destroy(Name, evenIfRunning: true);
    }

    private int CountPoints()
    {
        FakeMachine machine = new();
        LiveOnce(machine, new FakeJournal(machine.Faults));
        return machine.Faults.Points;
    }
}
