using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Parker.Daemon.Hosting;
using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Journal;
using ZstdSharp;

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
    public void Kernel_that_panics_is_dumped_before_it_is_started_again()
    {
        _server.Command().Create(TestServer.Request() with { Restart = "on-failure", Dump = true }, dryRun: false, []);
        PartitionService service = _server.Command();
        service.Start(TestServer.Name);
        Guid first = service.Status(TestServer.Name).BootId!.Value;
        _server.KernelWrites(ByteSize.FromMebibytes(1), 0x5AFEC0DE);
        using Supervisor supervisor = new(service, NullLogger.Instance);
        using StateWatcher watcher = new(service, supervisor.Wake, NullLogger.Instance);
        _server.KernelWrites(HeaderPageLayout.ResetWord, 0x101);
        long begun = Stopwatch.GetTimestamp();
        while (service.Status(TestServer.Name) is var partition && (partition.BootId == first || partition.State != "starting"))
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"It is {partition.State}: {partition.Evidence.Text}");
            _server.Machine.FakeClock.Advance(TimeSpan.FromMilliseconds(200));
            Thread.Sleep(10);
        }

        JournalEntry[] entries = [.. _server.ReadJournal()];
        int dumped = Array.FindIndex(entries, entry => entry is DumpEnded);
        Assert.Equal(first, Assert.IsType<DumpEnded>(entries[dumped]).BootId);
        Assert.True(dumped < Array.FindLastIndex(entries, entry => entry is OperationBegun { Restart: 1 }));
        string path = ((DumpEnded)entries[dumped]).Text["dumped to ".Length..];
        Assert.Equal(Path.Combine(_server.State.Dumps, "db"), Path.GetDirectoryName(path));
        using FileStream file = File.OpenRead(path);
        using DecompressionStream core = new(file);
        using MemoryStream bytes = new();
        core.CopyTo(bytes);
        Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf((ReadOnlySpan<byte>)[0xDE, 0xC0, 0xFE, 0x5A]) > 0);
    }

    [Fact]
    public void Dumps_of_a_partition_make_room_for_its_newest()
    {
        KeptDumps dumps = new(_server.State.Dumps);
        List<string> paths = [];
        for (int boot = 0; boot < KeptDumps.MostOfAPartition + 2; boot++)
        {
            string path = dumps.Prepare(TestServer.Name, DateTimeOffset.UnixEpoch.AddSeconds(boot), Guid.NewGuid());
            File.WriteAllText(path, "dump");
            dumps.MakeRoom(TestServer.Name);
            paths.Add(path);
        }

        Assert.Equal([false, false, true, true, true], paths.Select(File.Exists));
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
