using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Tests;
using Parker.Runtime.Tests;

namespace Parker.Daemon.Tests.Partitions;

public sealed class LifeByCommandsTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Whole_life_leaves_the_machine_as_it_was()
    {
        string before = _server.Machine.Snapshot();
        Assert.Empty(_server.Command().List().Partitions);
        PartitionDocument defined = _server.Define();
        Assert.Equal("defined", defined.State);
        Assert.Equal("4-5", defined.Cpus);
        Assert.Equal(before, _server.Machine.Snapshot());

        StartDocument started = _server.Command().Start(TestServer.Name);
        Assert.Equal("starting", started.Partition.State);
        Assert.Equal("6.12.95-amd64", started.Partition.Image?.Release);
        Assert.True(started.Partition.HoldsMachine);

        PartitionDocument stopped = _server.Command().Stop(TestServer.Name, TimeSpan.Zero);
        Assert.Equal("stopped", stopped.State);
        Assert.Equal("stopped by force, its kernel was not asked; 2 CPUs proven parked", stopped.Evidence.Text);
        Assert.True(stopped.HoldsMachine);

        _server.Command().Destroy(TestServer.Name, evenIfRunning: false);
        Assert.Empty(_server.Command().List().Partitions);
        Assert.Equal(before, _server.Machine.Snapshot());
    }

    [Fact]
    public void Create_refuses_a_name_that_is_taken_and_what_is_taken()
    {
        _server.Define();
        AssertRefused(() => _server.Command().Create(TestServer.Request(cpus: "6-7"), dryRun: false, []), "FIT006");
        AssertRefused(() => _server.Command().Create(TestServer.Request("other", "5-6", devices: "0000:01:00.0"), dryRun: false, []), "FIT014", "FIT005");
        Assert.Single(_server.Command().List().Partitions);
    }

    [Theory]
    [InlineData("4", "0", "FIT020")]
    [InlineData("4", "18446744073709551615", "FIT022")]
    [InlineData("4", "9G", "FIT022")]
    [InlineData("4", "0@0x200000000", "PLAN010")]
    [InlineData("4", "1G@0x100000000", "FIT021")]
    [InlineData("0", "1G", "FIT010")]
    [InlineData("", "1G", "FIT010")]
    [InlineData("2147483647", "1G", "FIT013")]
    [InlineData("16-16", "1G", "FIT011")]
    public void Create_refuses_impossible_amounts(string cpus, string memory, string id) =>
        AssertRefused(() => _server.Command().Create(TestServer.Request(cpus: cpus, memory: memory), dryRun: false, []), id);

    [Fact]
    public void Create_refuses_an_image_that_cannot_be_started()
    {
        _server.Images.Refusal = new Diagnostic("IMG017", DiagnosticSeverity.Error, "/boot/vmlinuz", "It is damaged.");
        AssertRefused(() => _server.Define(), "IMG017");
        Assert.Empty(_server.Command().List().Partitions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_refuses_what_the_machine_cannot_give_also_in_a_dry_run(bool dryRun)
    {
        _server.Topology = _server.Topology.WithCpu(4, cpu => cpu with { CanGoOffline = new(false, "no online file") });
        AssertRefused(() => _server.Command().Create(TestServer.Request(), dryRun, []), "PLAN004");
        Assert.Empty(_server.Command().List().Partitions);
    }

    [Fact]
    public void Start_refuses_what_the_machine_can_no_longer_give()
    {
        _server.Define();
        _server.Topology = _server.Topology.WithCpu(4, cpu => cpu with { CanGoOffline = new(false, "no online file") });
        string before = _server.Everything();
        AssertRefused(() => _server.Command().Start(TestServer.Name), "PLAN004");
        Assert.Equal(before, _server.Everything());
    }

    [Fact]
    public void Unknown_name_is_refused_by_every_command()
    {
        PartitionService service = _server.Command();
        AssertRefused(() => service.Start(TestServer.Name), "RUN001");
        AssertRefused(() => service.Stop(TestServer.Name, TimeSpan.Zero), "RUN001");
        AssertRefused(() => service.Stop(TestServer.Name, TimeSpan.FromSeconds(1)), "RUN001");
        AssertRefused(() => service.Destroy(TestServer.Name, evenIfRunning: true), "RUN001");
        AssertRefused(() => service.Status(TestServer.Name), "RUN001");
        AssertRefused(() => service.PlanOf(TestServer.Name), "RUN001");
        AssertRefused(() => service.PreviewStart(TestServer.Name), "RUN001");
        AssertRefused(() => service.PreviewStop(TestServer.Name, TimeSpan.Zero), "RUN001");
        AssertRefused(() => service.PreviewDestroy(TestServer.Name, evenIfRunning: true), "RUN001");
    }

    [Fact]
    public void Running_partition_is_neither_started_again_nor_destroyed_without_now()
    {
        _server.DefineAndStart();
        AssertRefused(() => _server.Command().Start(TestServer.Name), "RUN003");
        AssertRefused(() => _server.Command().Destroy(TestServer.Name, evenIfRunning: false), "RUN005");
        Assert.True(_server.Machine.AnyCpuRuns());
        _server.Command().Destroy(TestServer.Name, evenIfRunning: true);
        Assert.False(_server.Machine.AnyCpuRuns());
    }

    [Theory]
    [InlineData(0x100u, "rebooting")]
    [InlineData(0x101u, "panicked")]
    [InlineData(0x102u, "off")]
    public void Kernel_that_ended_since_the_journal_is_seen_by_each_command(uint word, string state)
    {
        _server.DefineAndStart();
        _server.KernelWrites(HeaderPageLayout.ResetWord, word);
        Assert.Equal(state, _server.Command().List().Partitions[0].State);
        Assert.Equal(state, _server.Command().AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(9)).State);
        Assert.Equal("starting", _server.Command().Start(TestServer.Name).Partition.State);

        _server.KernelWrites(HeaderPageLayout.ResetWord, word);
        _server.Command().Destroy(TestServer.Name, evenIfRunning: false);
        Assert.Empty(_server.Command().List().Partitions);
    }

    [Fact]
    public void Stop_says_what_came_of_asking()
    {
        TimeSpan grace = TimeSpan.FromSeconds(2);
        _server.DefineAndStart();
        Assert.StartsWith("stopped by force, its kernel shows no heartbeat", Stop(), StringComparison.Ordinal);

        _server.Command().Start(TestServer.Name);
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Assert.StartsWith("stopped by force, its kernel did not shut down within 2 s", Stop(), StringComparison.Ordinal);

        _server.Command().Start(TestServer.Name);
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        _server.Machine.Waited = () => _server.KernelWrites(HeaderPageLayout.ResetWord, _server.KernelReads(HeaderPageLayout.Command) == 0 ? 0u : 0x102u);
        Assert.StartsWith("its kernel shut down when asked", Stop(), StringComparison.Ordinal);
        _server.Machine.Waited = null;

        _server.Command().Start(TestServer.Name);
        _server.KernelWrites(HeaderPageLayout.ResetWord, 0x101);
        Assert.StartsWith("its kernel had ended before: ResetSystem was called with type 1 (warm: panic)", Stop(), StringComparison.Ordinal);
        Assert.Equal("stopped", _server.Command().Stop(TestServer.Name, grace).State);

        string Stop()
        {
            PartitionDocument stopped = _server.Command().Stop(TestServer.Name, grace);
            Assert.Equal("stopped", stopped.State);
            Assert.EndsWith("; 2 CPUs proven parked", stopped.Evidence.Text, StringComparison.Ordinal);
            return stopped.Evidence.Text;
        }
    }

    [Fact]
    public void Stop_leaves_a_kernel_alone_that_another_command_started_while_it_waited()
    {
        _server.DefineAndStart();
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        PartitionService service = _server.Command();
        _server.Machine.Waited = () =>
        {
            _server.Machine.Waited = null;
            service.Stop(TestServer.Name, TimeSpan.Zero);
            service.Start(TestServer.Name);
        };
        AssertRefused(() => service.Stop(TestServer.Name, TimeSpan.FromSeconds(1)), "RUN006");
        Assert.True(_server.Machine.AnyCpuRuns());
    }

    [Fact]
    public void Leaked_partition_stays_until_the_proof_succeeds()
    {
        _server.DefineAndStart();
        _server.Machine.Kernel = FakeKernelBehaviour.IgnoresInit;
        Assert.Contains("did not run the park stub", Assert.Throws<MachineException>(() => _server.Command().Stop(TestServer.Name, TimeSpan.Zero)).Message, StringComparison.Ordinal);
        Assert.Equal("leaked", _server.Command().Status(TestServer.Name).State);
        AssertRefused(() => _server.Command().Start(TestServer.Name), "RUN004");
        Assert.Throws<MachineException>(() => _server.Command().Destroy(TestServer.Name, evenIfRunning: true));
        AssertRefused(() => _server.Command().Create(TestServer.Request("other", "5-6"), dryRun: false, []), "FIT014");

        _server.Machine.Kernel = FakeKernelBehaviour.Beats;
        Assert.Equal("stopped", _server.Command().Stop(TestServer.Name, TimeSpan.Zero).State);
    }

    private static void AssertRefused(Action act, params string[] ids)
    {
        RefusedException refused = Assert.Throws<RefusedException>(act);
        Assert.Equal(ids.Order(), refused.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id).Order());
        Assert.All(refused.Diagnostics, diagnostic => Assert.NotEmpty(diagnostic.Message));
    }

    [Fact]
    public void Restart_stops_and_starts_what_runs_and_starts_what_does_not()
    {
        _server.Define();
        Assert.Equal("starting", _server.Command().Restart(TestServer.Name, TimeSpan.Zero).Partition.State);
        Guid first = _server.Command().Status(TestServer.Name).BootId!.Value;
        PreviewDocument shown = _server.Command().PreviewRestart(TestServer.Name, TimeSpan.Zero);
        Assert.Equal(("restart", "undo"), (shown.Operation, shown.Actions[0].Kind));
        int entry = _server.ReadJournal().Count;
        PartitionDocument again = _server.Command().Restart(TestServer.Name, TimeSpan.Zero).Partition;
        Assert.NotEqual(first, again.BootId);
        Assert.Equal(shown.Actions.Where(action => action.Kind is "take" or "undo"), _server.StepsSince(entry));
    }

    [Fact]
    public void Restart_that_would_be_refused_leaves_the_kernel_running()
    {
        _server.DefineAndStart();
        _server.Images.Refusal = new Diagnostic("IMG001", DiagnosticSeverity.Error, "/boot/vmlinuz", "It is gone.");
        PartitionService service = _server.Command();
        service.Observe();
        string before = _server.Everything();
        Assert.Equal("IMG001", Assert.Throws<RefusedException>(() => service.Restart(TestServer.Name, TimeSpan.Zero)).Diagnostics[0].Id);
        Assert.Equal(before, _server.Everything());
    }
}
