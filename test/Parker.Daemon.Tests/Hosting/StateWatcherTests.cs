using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Parker.Daemon.Hosting;
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
        using StateWatcher watcher = new(_server.Command(), NullLogger.Instance);
        _server.KernelWrites(HeaderPageLayout.ResetWord, word);
        long begun = Stopwatch.GetTimestamp();
        while (_server.ReadJournal().OfType<StateChanged>().Last().State != state)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, "The watcher did not see it.");
            Thread.Sleep(10);
        }
    }
}
