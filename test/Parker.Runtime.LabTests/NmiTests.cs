using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>An NMI reaches the kernel of a partition, which makes of it what it was told to.</summary>
[Collection(SharedServer.Name)]
public sealed class NmiTests(SharedServer.Fixture fixture) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PartitionServer _server = fixture.Server;

    [Fact]
    public void Unknown_NMI_is_in_the_kernel_log_or_panics_as_the_kernel_was_told()
    {
        _server.Output($"parker create struck --cpus 2 --memory 512M --device {_server.Device(SharedServer.Nvme)} {PartitionServer.Boots(_server.New)}");
        Assert.Equal(3, _server.Run("parker nmi struck").ExitCode);
        _server.Output("parker start struck --wait running");
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            Assert.Contains("kernel.unknown_nmi_panic is 0", _server.Output("parker nmi struck"), StringComparison.Ordinal);
            AwaitLog("NMI received for unknown reason");
            agent.Run("echo 1 >/proc/sys/kernel/unknown_nmi_panic", Patience).Expect();
        }

        Assert.Contains("its kernel panics on it", _server.Output("parker nmi struck"), StringComparison.Ordinal);
        _server.Await("struck", "panicked");
        AwaitLog("NMI: Not continuing");
        Assert.Equal(3, _server.Run("parker nmi struck").ExitCode);
        Assert.Equal("alive", _server.Output("echo alive"));
        _server.Output("parker destroy struck");
    }

    public void Dispose() => _server.TestEnded();

    private void AwaitLog(string text)
    {
        long begun = Environment.TickCount64;
        while (!_server.Output("parker log struck").Contains(text, StringComparison.Ordinal))
        {
            Assert.True(Environment.TickCount64 - begun < Patience.TotalMilliseconds, $"'{text}' is not in the log:\n{_server.Output("parker log struck")}");
            Thread.Sleep(500);
        }
    }
}
