using System.Diagnostics;
using Parker.Api.Events;
using Parker.Daemon.Partitions;
using Parker.Planning.Tests;
using Parker.Runtime.Journal;
using Parker.Runtime.Tests;
using EventLog = Parker.Daemon.Events.EventLog;

namespace Parker.Daemon.Tests.State;

public sealed class StateFolderTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Second_daemon_is_refused_and_the_holder_of_the_lock_is_named()
    {
        _server.Define();
        IOException held = Assert.Throws<IOException>(() => PartitionService.Open(_server.State, _server.Machine, _server.Images, TestMachine.Server, TimeSpan.FromMilliseconds(50)));
        Assert.Contains($"is held by process {Environment.ProcessId},", held.Message, StringComparison.Ordinal);
        _server.End();
        PartitionService.Open(_server.State, _server.Machine, _server.Images, TestMachine.Server, TimeSpan.Zero).Dispose();
    }

    [Fact]
    public async Task Lock_that_is_held_is_waited_for()
    {
        using ManualResetEventSlim isHeld = new();
        Task holder = Task.Run(() =>
        {
            using (_server.State.Lock(TimeSpan.Zero))
            {
                isHeld.Set();
                Thread.Sleep(200);
            }
        }, TestContext.Current.CancellationToken);
        isHeld.Wait(TestContext.Current.CancellationToken);
        _server.State.Lock(TimeSpan.FromSeconds(10)).Dispose();
        await holder;
    }

    [Fact]
    public void Lock_of_a_process_that_was_killed_is_free()
    {
        using (_server.State.Lock(TimeSpan.Zero))
        {
        }

        ProcessStartInfo start = new("flock", ["--no-fork", Path.Combine(_server.State.Path, "lock"), "sh", "-c", "echo held; exec sleep 60"]) { RedirectStandardOutput = true };
        using Process holder = Process.Start(start)!;
        try
        {
            Assert.Equal("held", holder.StandardOutput.ReadLine());
            Assert.Throws<IOException>(() => _server.State.Lock(TimeSpan.FromMilliseconds(50)).Dispose());
        }
        finally
        {
            holder.Kill();
        }

        _server.State.Lock(TimeSpan.FromSeconds(10)).Dispose();
    }

    [Fact]
    public void Journal_that_cannot_be_read_keeps_the_daemon_from_starting_and_it_says_what_to_do()
    {
        _server.DefineAndStart();
        _server.CorruptJournal(line: 3);
        string before = _server.Everything();
        JournalCorruptException corrupt = Assert.Throws<JournalCorruptException>(_server.Command);
        Assert.Contains($"{_server.State.Journal}:3", corrupt.Message, StringComparison.Ordinal);
        Assert.Contains("by hand, or reboot; then remove the file", corrupt.Message, StringComparison.Ordinal);
        Assert.Equal(before, _server.Everything());
    }

    [Fact]
    public void Journal_without_its_beginning_is_corrupt_though_each_line_is_whole()
    {
        _server.DefineAndStart();
        string[] lines = File.ReadAllLines(_server.State.Journal);
        File.WriteAllLines(_server.State.Journal, [lines[0], .. lines[2..]]);
        JournalCorruptException corrupt = Assert.Throws<JournalCorruptException>(() => _server.Command().List());
        Assert.Equal(2, corrupt.Line);
        Assert.Contains("contradicts those before it", corrupt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_whose_first_writer_died_in_its_first_line_is_empty()
    {
        File.WriteAllText(_server.State.Journal, "parker-jour");
        Assert.Empty(_server.Command().List().Partitions);
    }

    [Theory]
    [InlineData("start", "undone")]
    [InlineData("stop", "finished")]
    [InlineData("destroy", "finished")]
    public void Daemon_after_one_that_died_says_what_it_put_in_order(string operation, string done)
    {
        string before = _server.Machine.Snapshot();
        for (int step = 0; step < 40; step += 3)
        {
            _server.Define();
            if (operation != "start")
            {
                _server.Command().Start(TestServer.Name);
            }

            FaultPlan faults = _server.Machine.Faults;
            faults.At = faults.Points + step;
            faults.Kind = FaultKind.DieAfter;
            if (!Dies(operation))
            {
                // Fewer steps than that: the whole operation was done.
                Assert.True(step > 5);
                faults.Revive();
                break;
            }

            string where = $"step {step}: {faults.Trace[^1]}";
            faults.Revive();
            List<EventDocument> happened = [];
            PartitionService next = _server.Command(new EventLog { Added = (one, _) => happened.Add(one) });
            Assert.Contains(happened, one => one is { Kind: "operation_ended" } && one.Text.EndsWith("its process died", StringComparison.Ordinal));
            try
            {
                next.Destroy(TestServer.Name, evenIfRunning: true);
            }
            catch (RefusedException gone)
            {
                Assert.True(operation == "destroy" && gone.Diagnostics[0].Id == "RUN001", where);
            }

            Assert.Equal([$"db: a {operation} whose process died was {done}."], next.Recovered);
            Assert.True(before == _server.Machine.Snapshot(), where);
            Assert.Empty(_server.Command().List().Partitions);
        }
    }

    private bool Dies(string operation)
    {
        try
        {
            PartitionService service = _server.Command();
            switch (operation)
            {
                case "start":
                    service.Start(TestServer.Name);
                    break;
                case "stop":
                    service.Stop(TestServer.Name, TimeSpan.Zero);
                    break;
                default:
                    service.Destroy(TestServer.Name, evenIfRunning: true);
                    break;
            }

            return false;
        }
        catch (ProcessDiedException)
        {
            return true;
        }
    }
}
