using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime.Supervision;

namespace Parker.Runtime.Tests.Supervision;

public sealed class SupervisionTests
{
    private const uint Reboots = 0x100;
    private const uint Panics = 0x101;
    private const uint PowersOff = 0x102;

    private static readonly PartitionName Name = PartitionName.Parse("db");

    private readonly FakeMachine _machine = new();
    private readonly FakeJournal _journal;
    private readonly FakeImages _images = new();
    private PartitionRuntime _runtime;

    public SupervisionTests()
    {
        _journal = new FakeJournal(_machine.Faults);
        _runtime = Open();
    }

    private PartitionRecord Partition => _runtime.Find(Name);

    [Theory]
    [InlineData(RestartPolicy.Never, Reboots, true)]
    [InlineData(RestartPolicy.Never, Panics, false)]
    [InlineData(RestartPolicy.Never, PowersOff, false)]
    [InlineData(RestartPolicy.OnFailure, Reboots, true)]
    [InlineData(RestartPolicy.OnFailure, Panics, true)]
    [InlineData(RestartPolicy.OnFailure, PowersOff, false)]
    [InlineData(RestartPolicy.Always, Panics, true)]
    [InlineData(RestartPolicy.Always, PowersOff, true)]
    [InlineData(RestartPolicy.Always, 0xDEADu, false)]
    public void Policy_says_which_ends_are_followed_by_a_restart(RestartPolicy policy, uint word, bool restarts)
    {
        Start(policy);
        Guid first = Partition.BootId;
        IReadOnlyList<Parker.Runtime.Steps.Step> held = [.. Partition.Steps];
        End(word);
        Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(restarts, Partition.BootId != first);
        if (restarts)
        {
            Assert.Equal((PartitionState.Starting, 1, 1), (Partition.State, Partition.Restarts, Partition.RestartsInRow));
            Assert.Equal(held.Select(step => step.Description), Partition.Steps.Select(step => step.Description));
            Assert.Equal(FakeCpuMode.RunsKernel, _machine.ModeOf(4));
        }
    }

    [Fact]
    public void Kernel_that_panicked_is_started_again_only_when_it_is_dumped()
    {
        Start(RestartPolicy.OnFailure, dump: true);
        Guid first = Partition.BootId;
        End(Panics);
        Pass(TimeSpan.FromSeconds(30));
        Assert.True(Partition.AwaitsDump);
        Assert.Equal(first, Partition.BootId);

        // Of another boot, or another partition.
        _runtime.NoteDump(Name, Guid.NewGuid(), "dumped");
        _runtime.NoteDump(PartitionName.Parse("none"), first, "dumped");
        Assert.True(Partition.AwaitsDump);

        _runtime.NoteDump(Name, first, "dumped");
        Assert.False(Partition.AwaitsDump);
        _runtime = Open();
        Assert.False(Partition.AwaitsDump);
        Pass(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first, Partition.BootId);
    }

    [Theory]
    [InlineData(RestartPolicy.Never, Panics, true)]
    [InlineData(RestartPolicy.Never, Reboots, false)]
    [InlineData(RestartPolicy.Never, PowersOff, false)]
    public void Dump_is_of_what_failed_whether_it_is_started_again_or_not(RestartPolicy policy, uint word, bool dumps)
    {
        Start(policy, dump: true);
        Assert.False(Partition.AwaitsDump);
        End(word);
        Assert.Equal(dumps, Partition.AwaitsDump);
    }

    [Fact]
    public void Kernel_that_hangs_is_started_again()
    {
        Start(RestartPolicy.OnFailure);
        Guid first = Partition.BootId;
        Write(HeaderPageLayout.Heartbeat, 7);
        Pass(TimeSpan.FromSeconds(14));
        Assert.Equal(first, Partition.BootId);
        Pass(TimeSpan.FromSeconds(4));
        Assert.NotEqual(first, Partition.BootId);
    }

    [Fact]
    public void Pauses_double_and_the_row_ends_with_evidence_that_says_so()
    {
        Start(RestartPolicy.OnFailure);
        List<double> pauses = [];
        while (!Partition.GivenUp)
        {
            End(Panics);
            DateTimeOffset ended = Partition.StateSince;
            Guid before = Partition.BootId;
            while (Partition.BootId == before && !Partition.GivenUp)
            {
                Pass(TimeSpan.FromMilliseconds(200));
            }

            pauses.Add(Math.Round((Partition.StateSince - ended).TotalSeconds));
        }

        Assert.Equal([1, 2, 4, 8, 16, 0], pauses);
        Assert.Equal(PartitionState.Panicked, Partition.State);
        Assert.Contains("ResetSystem was called with type 1", Partition.Evidence.Text, StringComparison.Ordinal);
        Assert.Contains("given up after 5 restarts in a row", Partition.Evidence.Text, StringComparison.Ordinal);

        // Neither time nor the next daemon changes it; a command does.
        Pass(TimeSpan.FromHours(1));
        _runtime.Dispose();
        _runtime = Open();
        Pass(TimeSpan.FromHours(1));
        Assert.Contains("given up", Partition.Evidence.Text, StringComparison.Ordinal);
        Assert.Equal(5, Partition.Restarts);
        _runtime.Start(Name);
        Assert.Equal((0, false), (Partition.RestartsInRow, Partition.GivenUp));
        End(Panics);
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Partition.RestartsInRow);
    }

    [Fact]
    public void Boot_that_lived_long_ends_the_row()
    {
        Start(RestartPolicy.OnFailure);
        for (int restart = 1; restart <= 12; restart++)
        {
            _machine.FakeClock.Advance(TimeSpan.FromMinutes(11));
            End(Panics);
            Pass(TimeSpan.FromSeconds(2));
            Assert.Equal((restart, 1, false), (Partition.Restarts, Partition.RestartsInRow, Partition.GivenUp));
        }
    }

    [Fact]
    public void Pause_goes_on_where_the_daemon_that_began_it_died()
    {
        Start(RestartPolicy.OnFailure);
        for (int restart = 0; restart < 3; restart++)
        {
            End(Panics);
            Pass(TimeSpan.FromSeconds(10));
        }

        End(Panics);
        Guid before = Partition.BootId;
        _runtime.Dispose();
        _runtime = Open();
        Pass(TimeSpan.FromSeconds(7));
        Assert.Equal(before, Partition.BootId);
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(4, Partition.RestartsInRow);
    }

    [Fact]
    public void End_that_somebody_asked_for_is_left_alone_even_by_the_next_daemon()
    {
        Start(RestartPolicy.Always);
        Write(HeaderPageLayout.Heartbeat, 3);
        _machine.Waited = () => Write(HeaderPageLayout.ResetWord, PowersOff);
        _runtime.AskToShutDown(Name, TimeSpan.FromSeconds(5));
        _runtime.Observe();
        Assert.Equal(PartitionState.Off, Partition.State);
        Guid boot = Partition.BootId;
        Pass(TimeSpan.FromMinutes(5));
        _runtime.Dispose();
        _runtime = Open();
        Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(boot, Partition.BootId);
        _runtime.Stop(Name, "asked");
        Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(PartitionState.Stopped, Partition.State);
    }

    [Fact]
    public void Restart_that_is_refused_or_fails_counts_in_the_row_and_is_tried_again()
    {
        Start(RestartPolicy.OnFailure);
        End(Panics);
        _images.Refusal = new Diagnostic("IMG001", DiagnosticSeverity.Error, "/boot/vmlinuz", "It is gone.");
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal((PartitionState.Panicked, 1, 0), (Partition.State, Partition.RestartsInRow, Partition.Restarts));
        Assert.Contains("restart 1 was refused: /boot/vmlinuz: error IMG001", Partition.Evidence.Text, StringComparison.Ordinal);
        _images.Refusal = null;
        _machine.Kernel = FakeKernelBehaviour.NeverStarts;
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal((PartitionState.Failed, 2), (Partition.State, Partition.RestartsInRow));
        _machine.Kernel = FakeKernelBehaviour.Beats;
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal((PartitionState.Starting, 3), (Partition.State, Partition.RestartsInRow));
    }

    [Fact]
    public void Autostart_starts_what_nobody_has_started_and_leaves_what_somebody_stopped()
    {
        _runtime.Define(TestPlans.Plan(), new PartitionPolicy(RestartPolicy.Never, Autostart: true));
        _runtime.Define(TestPlans.Plan("other", "6-7", 8192, 0x20000, withDevice: false));
        Assert.Contains("db", Assert.Single(_runtime.Autostart()), StringComparison.Ordinal);
        Assert.Equal(PartitionState.Starting, Partition.State);
        Assert.Equal(PartitionState.Defined, _runtime.Find(PartitionName.Parse("other")).State);
        _runtime.Stop(Name, "asked");
        _runtime.Dispose();
        _runtime = Open();
        Assert.Empty(_runtime.Autostart());
    }

    [Fact]
    public void Policy_of_a_running_partition_can_be_changed()
    {
        Start(RestartPolicy.Never);
        End(Panics);
        Pass(TimeSpan.FromMinutes(1));
        Guid boot = Partition.BootId;
        _runtime.SetPolicy(Name, new PartitionPolicy(RestartPolicy.OnFailure, Autostart: false));
        Pass(TimeSpan.FromSeconds(1));
        Assert.NotEqual(boot, Partition.BootId);
    }

    [Fact]
    public void Partition_that_holds_nothing_is_defined_anew_and_one_that_holds_something_is_not()
    {
        _runtime.Define(TestPlans.Plan());
        _runtime.Redefine(TestPlans.Plan(cpus: "6-7"), new PartitionPolicy(RestartPolicy.Always, Autostart: true));
        Assert.Equal([6, 7], Partition.Plan.Cpus.Select(cpu => cpu.Number));
        _runtime.Dispose();
        _runtime = Open();
        Assert.Equal((6, RestartPolicy.Always), (Partition.Plan.Cpus[0].Number, Partition.Policy.Restart));
        _runtime.Define(TestPlans.Plan("other", "4-5", 8192, 0x20000, withDevice: false));
        Assert.Equal("RUN010", Assert.Throws<PartitionException>(() => _runtime.Redefine(TestPlans.Plan(), PartitionPolicy.None)).Diagnostics[0].Id);
        _runtime.Start(Name);
        Assert.Equal("RUN007", Assert.Throws<PartitionException>(() => _runtime.Redefine(TestPlans.Plan(cpus: "6-7"), PartitionPolicy.None)).Diagnostics[0].Id);
        Assert.Equal("RUN001", Assert.Throws<PartitionException>(() => _runtime.Redefine(TestPlans.Plan("absent"), PartitionPolicy.None)).Diagnostics[0].Id);
    }

    [Theory]
    [InlineData(PartitionState.Rebooting, 1, 0)]
    [InlineData(PartitionState.Rebooting, 2, 1)]
    [InlineData(PartitionState.Panicked, 1, 1)]
    [InlineData(PartitionState.Panicked, 6, 32)]
    [InlineData(PartitionState.Off, 7, 60)]
    [InlineData(PartitionState.Hung, int.MaxValue, 60)]
    public void Pause_doubles_up_to_the_longest(PartitionState state, int attempt, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RestartRule.Pause(state, attempt, new SupervisionOptions()));

    private PartitionRuntime Open() => PartitionRuntime.Open(_machine, _journal, _images, new RuntimeOptions());

    private void Start(RestartPolicy policy, bool dump = false)
    {
        _runtime.Define(TestPlans.Plan(), new PartitionPolicy(policy, Autostart: false, dump));
        _runtime.Start(Name);
    }

    private void End(uint word)
    {
        Write(HeaderPageLayout.ResetWord, word);
        _runtime.Observe();
    }

    /// <summary>Time goes by in looks, and what is due is done.</summary>
    private void Pass(TimeSpan duration)
    {
        DateTimeOffset until = _machine.FakeClock.GetUtcNow() + duration;
        while (_machine.FakeClock.GetUtcNow() < until)
        {
            _machine.FakeClock.Advance(TimeSpan.FromMilliseconds(200));
            _runtime.Observe();
            if (_runtime.NeedsSupervision())
            {
                _runtime.Supervise();
            }
        }
    }

    private void Write(Parker.Machine.ByteSize offset, uint value) => _machine.Memory.WriteUInt32(TestPlans.Plan().PrimaryRange.Start + offset, value);
}
