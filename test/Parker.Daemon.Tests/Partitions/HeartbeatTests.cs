using Parker.Daemon.State;
using Parker.Partition;

namespace Parker.Daemon.Tests.Partitions;

public sealed class HeartbeatTests : IDisposable
{
    private readonly TestServer _server = new();

    public HeartbeatTests() => _server.DefineAndStart();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Heartbeat_that_counts_is_seen_to_move_and_not_looked_for_longer()
    {
        _server.KernelBeats();
        Assert.Equal("running", _server.Command().AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(5)).State);
        long begun = _server.Machine.FakeClock.GetTimestamp();
        Assert.Matches("^heartbeat [0-9]+, moved 0\\.[0-9] s ago$", Evidence());
        Assert.True(_server.Machine.FakeClock.GetElapsedTime(begun) < TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public void Heartbeat_that_stands_is_not_said_to_move_and_is_a_hang_for_a_later_command()
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Assert.Equal("heartbeat 7, not seen to move in 1.5 s of looking", Evidence());
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal("hung", _server.Command().Status(TestServer.Name).State);
        Assert.Matches("^heartbeat stands at 7 for 1[67] s$", Evidence());

        // It was only slow.
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 8);
        Assert.Equal("running", _server.Command().Status(TestServer.Name).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no JSON")]
    [InlineData("{\"db\":null}")]
    [InlineData("[]")]
    public void Heartbeat_file_that_is_gone_or_damaged_only_costs_a_look(string? content)
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Evidence();
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(60));
        File.Delete(_server.State.Heartbeats);
        if (content is not null)
        {
            File.WriteAllText(_server.State.Heartbeats, content);
        }

        Assert.Equal("heartbeat 7, not seen to move in 1.5 s of looking", Evidence());
    }

    [Fact]
    public void Heartbeat_of_an_earlier_boot_says_nothing_of_this_one()
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Evidence();
        _server.Command().Stop(TestServer.Name, TimeSpan.Zero);
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(60));
        _server.Command().Start(TestServer.Name);
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Assert.Equal("running", _server.Command().Status(TestServer.Name).State);
    }

    [Fact]
    public void Commands_that_look_at_the_same_time_do_not_disturb_each_other()
    {
        _server.KernelWrites(HeaderPageLayout.Heartbeat, 7);
        Parallel.For(0, 200, index => new HeartbeatFile(_server.State.Heartbeats).Write([]));
        Assert.Equal(["heartbeats.json"], Directory.EnumerateFiles(_server.State.Path, "heartbeats*").Select(Path.GetFileName));
    }

    [Fact]
    public void Wait_for_a_kernel_without_heartbeat_ends_with_its_time()
    {
        Assert.Equal("starting", _server.Command().AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(3)).State);
        _server.Machine.FakeClock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("hung", _server.Command().AwaitRunning(TestServer.Name, TimeSpan.FromSeconds(3)).State);
    }

    private string Evidence() => _server.Command().Status(TestServer.Name).Evidence.Text;
}
