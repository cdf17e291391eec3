using Parker.Daemon.Partitions;
using Parker.Partition;

namespace Parker.Daemon.Tests.Partitions;

public sealed class HeartbeatTests : IDisposable
{
    private readonly TestServer _server = new();
    private PartitionService _service;

    public HeartbeatTests()
    {
        _server.DefineAndStart();
        _service = _server.Command();
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Heartbeat_that_counts_is_seen_to_move()
    {
        _server.KernelBeats();
        Assert.Equal("running", _service.AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(5)).State);
        _server.Machine.Wait(TimeSpan.FromSeconds(1));
        Assert.Matches("^heartbeat [0-9]+, moved 0\\.0 s ago$", Evidence());
    }

    [Fact]
    public void Heartbeat_that_stands_is_not_said_to_move_and_is_a_hang_in_time()
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        _service = _server.Command();
        Assert.Equal("heartbeat 7, not seen to move in 0.0 s of looking", Evidence());
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal("heartbeat 7, not seen to move in 14.0 s of looking", Evidence());
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("hung", _service.Status(TestServer.Name).State);
        Assert.Equal("heartbeat stands at 7 for 16 s", Evidence());

        // It was only slow.
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 8);
        Assert.Equal("running", _service.Status(TestServer.Name).State);
    }

    [Fact]
    public void Next_daemon_takes_nothing_of_a_heartbeat_on_trust()
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Evidence();
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(60));
        _service = _server.Command();
        Assert.Equal("heartbeat 7, not seen to move in 0.0 s of looking", Evidence());
    }

    [Fact]
    public void Heartbeat_of_an_earlier_boot_says_nothing_of_this_one()
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Evidence();
        _service.Stop(TestServer.Name, TimeSpan.Zero);
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(60));
        _service.Start(TestServer.Name);
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Assert.Equal("running", _service.Status(TestServer.Name).State);
    }

    [Fact]
    public void Wait_for_a_kernel_without_heartbeat_ends_with_its_time()
    {
        Assert.Equal("starting", _service.AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(3)).State);
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("hung", _service.AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(3)).State);
    }

    private string Evidence() => _service.Status(TestServer.Name).Evidence.Text;
}
