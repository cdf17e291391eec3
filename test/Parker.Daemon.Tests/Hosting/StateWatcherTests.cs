using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Parker.Daemon.Hosting;
using Parker.Daemon.Partitions;
using Parker.Partition;
using Parker.Runtime.Journal;

namespace Parker.Daemon.Tests.Hosting;

public sealed class StateWatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(0x100u, PartitionState.Rebooting)]
    [InlineData(0x101u, PartitionState.Panicked)]
    [InlineData(0x102u, PartitionState.Off)]
    public void End_of_a_kernel_is_in_the_journal_though_nobody_asks(uint word, PartitionState state)
    {
        _server.DefineAndStart();
        using StateWatcher watcher = new(_server.Command(), () => { }, NullLogger.Instance);
        _server.KernelWrites(HeaderPageLayout.ResetWord, word);
        long begun = Stopwatch.GetTimestamp();
        while (_server.ReadJournal().OfType<StateChanged>().Last().State != state)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "The watcher did not see it.");
            Thread.Sleep(10);
        }
    }

    [Fact]
    public void Kernel_that_reboots_is_started_again_though_nobody_asks()
    {
        _server.DefineAndStart();
        PartitionService service = _server.Command();
        Guid first = service.Status(TestServer.Name).BootId!.Value;
        using Supervisor supervisor = new(service, NullLogger.Instance);
        using StateWatcher watcher = new(service, supervisor.Wake, NullLogger.Instance);
        _server.KernelWrites(HeaderPageLayout.ResetWord, 0x100);
        long begun = Stopwatch.GetTimestamp();
        while (service.List().Partitions[0] is var partition && (partition.BootId == first || partition.State != "starting"))
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"It is {partition.State}: {partition.Evidence.Text}");
            Thread.Sleep(10);
        }

        Assert.Equal(1, service.Status(TestServer.Name).Supervision.Restarts);
    }

    [Fact]
    public void Partition_with_autostart_is_started_when_the_daemon_begins()
    {
        _server.Command().Create(TestServer.Request() with { Autostart = true }, dryRun: false, []);
        PartitionService service = _server.Command();
        using Supervisor supervisor = new(service, NullLogger.Instance);
        long begun = Stopwatch.GetTimestamp();
        while (service.List().Partitions[0] is { State: not "starting" } partition)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"It is {partition.State}: {partition.Evidence.Text}");
            Thread.Sleep(10);
        }
    }
}
