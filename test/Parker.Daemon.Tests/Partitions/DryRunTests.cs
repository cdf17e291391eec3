using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Partition;
using Parker.Planning.Tests;

namespace Parker.Daemon.Tests.Partitions;

public sealed class DryRunTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Create_shows_what_it_would_define_and_defines_nothing()
    {
        PartitionService service = _server.Command();
        string before = _server.Everything();
        PartitionDocument shown = service.Create(TestServer.Request(devices: "0000:01:00.0"), dryRun: true, []);
        Assert.Equal(before, _server.Everything());
        Assert.Equal("dry run", shown.Evidence.Text);
        PartitionDocument defined = _server.Define();
        Assert.Equivalent(shown with { Evidence = defined.Evidence }, defined);
    }

    [Fact]
    public void Start_shows_the_steps_that_it_then_takes()
    {
        _server.Define();
        PreviewDocument shown = Unchanged(service => service.PreviewStart(TestServer.Name));
        Assert.Equal("start", shown.Operation);
        Assert.Equal("take CPU 4 (APIC ID 8) offline and hold it", shown.Actions.First(action => action.Description.Contains("CPU", StringComparison.Ordinal)).Description);
        int trace = _server.Machine.Faults.Trace.Count;
        AssertSame(shown, () => _server.Command().Start(TestServer.Name));
        Assert.Equal(
            _server.Machine.Faults.Trace.Skip(trace).Where(point => point.StartsWith("zero ", StringComparison.Ordinal)),
            shown.Actions.Select(action => action.Description).Where(text => text.StartsWith("zero ", StringComparison.Ordinal)));
        Assert.Contains(shown.Actions, action => action.Kind == "write" && action.Description.StartsWith("write kernel to 0x", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_of_a_kernel_that_ended_shows_the_proof_and_claims_nothing_again()
    {
        _server.DefineAndStart();
        _server.KernelWrites(HeaderPageLayout.ResetWord, 0x102);
        PreviewDocument shown = Unchanged(service => service.PreviewStart(TestServer.Name));
        Assert.Equal(new PreviewActionDocument("undo", "stop CPUs 4-5, prove them parked, and quiesce the devices"), shown.Actions[0]);
        Assert.Single(shown.Actions, action => action.Kind == "take");
        AssertSame(shown, () => _server.Command().Start(TestServer.Name));
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(7u, true)]
    public void Stop_shows_the_proof_and_whether_the_kernel_can_be_asked(uint heartbeat, bool asks)
    {
        _server.DefineAndStart();
        _server.KernelWrites(HeaderPageLayout.Heartbeat, heartbeat);
        PreviewDocument shown = Unchanged(service => service.PreviewStop(TestServer.Name, TimeSpan.FromSeconds(5)));
        Assert.Equal(asks, shown.Actions[0] == new PreviewActionDocument("ask", "ask its kernel to shut down, and wait up to 5 s"));
        Assert.DoesNotContain(Unchanged(service => service.PreviewStop(TestServer.Name, TimeSpan.Zero)).Actions, action => action.Kind == "ask");
        Assert.Equal(0u, _server.KernelReads(HeaderPageLayout.Command));
        AssertSame(shown, () => _server.Command().Stop(TestServer.Name, TimeSpan.FromSeconds(5)));
        Assert.Empty(Unchanged(service => service.PreviewStop(TestServer.Name, TimeSpan.FromSeconds(5))).Actions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Destroy_shows_the_steps_that_it_then_undoes(bool runs)
    {
        _server.DefineAndStart();
        if (!runs)
        {
            _server.Command().Stop(TestServer.Name, TimeSpan.Zero);
        }

        PreviewDocument shown = Unchanged(service => service.PreviewDestroy(TestServer.Name, runs));
        Assert.Contains(new PreviewActionDocument("undo", "reset 0000:01:00.0 and bind it to nvme again"), shown.Actions);
        AssertSame(shown, () => _server.Command().Destroy(TestServer.Name, runs));
    }

    [Fact]
    public void Destroy_of_a_defined_partition_has_nothing_to_give_back()
    {
        _server.Define();
        Assert.Empty(Unchanged(service => service.PreviewDestroy(TestServer.Name, evenIfRunning: false)).Actions);
    }

    [Fact]
    public void Dry_run_refuses_what_the_command_refuses()
    {
        _server.DefineAndStart();
        AssertSameRefusal("RUN003", service => service.PreviewStart(TestServer.Name), service => service.Start(TestServer.Name));
        AssertSameRefusal("RUN005", service => service.PreviewDestroy(TestServer.Name, false), service => service.Destroy(TestServer.Name, false));
        _server.Command().Destroy(TestServer.Name, evenIfRunning: true);

        _server.Define();
        _server.Topology = _server.Topology.WithCpu(5, cpu => cpu with { CanGoOffline = new(false, "no online file") });
        AssertSameRefusal("PLAN004", service => service.PreviewStart(TestServer.Name), service => service.Start(TestServer.Name));
        _server.Topology = TestMachine.Server();
        _server.Images.Refusal = new("IMG042", Machine.Diagnostics.DiagnosticSeverity.Error, "/boot/initrd.img", "It is truncated.");
        AssertSameRefusal("IMG042", service => service.PreviewStart(TestServer.Name), service => service.Start(TestServer.Name));
    }

    private PreviewDocument Unchanged(Func<PartitionService, PreviewDocument> preview)
    {
        PartitionService service = _server.Command();
        _ = service.List();
        string before = _server.Everything();
        int points = _server.Machine.Faults.Points;
        PreviewDocument shown = preview(service);
        Assert.Equal(before, _server.Everything());
        Assert.Equal(points, _server.Machine.Faults.Points);
        return shown;
    }

    private void AssertSame(PreviewDocument shown, Action act)
    {
        int entries = _server.ReadJournal().Count;
        act();
        Assert.Equal(shown.Actions.Where(action => action.Kind is "take" or "undo"), _server.StepsSince(entries));
    }

    private void AssertSameRefusal(string id, Action<PartitionService> preview, Action<PartitionService> act)
    {
        RefusedException dry = Assert.Throws<RefusedException>(() => preview(_server.Command()));
        Assert.Contains(dry.Diagnostics, diagnostic => diagnostic.Id == id);
        Assert.Equal(Assert.Throws<RefusedException>(() => act(_server.Command())).Message, dry.Message);
    }
}
