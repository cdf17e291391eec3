using System.Globalization;
using System.Text.Json;
using Parker.Api;
using Parker.Api.Client;
using Parker.Api.Events;
using Parker.Daemon.Events;
using Parker.Runtime.Journal;

namespace Parker.Daemon.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Every_entry_of_the_journal_is_an_event_with_a_growing_id_and_who_asked()
    {
        ParkerClient client = new(_server.Socket);
        client.Create(TestServer.Request(devices: "0000:01:00.0"));
        client.Start(TestServer.Name);
        client.Stop(TestServer.Name, TimeSpan.Zero);
        client.Destroy(TestServer.Name, evenIfRunning: false);

        EventDocument[] events = [.. client.Events(0, follow: false)];
        JournalEntry[] journal = [.. _server.ReadJournal()];
        Assert.Equal(journal.Length, events.Length);
        Assert.Equal(events.Select(one => one.Id).Order().Distinct(), events.Select(one => one.Id));
        Assert.Equal(journal.Select(entry => entry.Time), events.Select(one => one.Time));
        Assert.All(events, one => Assert.Equal(Uid(), one.Uid));
        Assert.Equal(
            journal.OfType<StepBegun>().Select(entry => entry.Step.Description),
            events.Where(one => one.Kind == "step").Select(one => one.Text));
        Assert.Contains(events, one => one is { Kind: "undo", Text: "bring CPU 5 (APIC ID 10) online" });
        Assert.Contains(events, one => one is { Kind: "state", State: "starting" });
        Assert.Equal(["defined", "removed"], (string[])[events[0].Kind, events[^1].Kind]);
    }

    [Fact]
    public void Ids_are_the_same_after_the_daemon_was_started_anew_and_only_what_came_since_is_told()
    {
        ParkerClient client = new(_server.Socket);
        client.Create(TestServer.Request());
        EventDocument[] before = [.. client.Events(0, follow: false)];
        _server.End();
        client = new ParkerClient(_server.Socket);
        client.Start(TestServer.Name);
        EventDocument[] after = [.. client.Events(0, follow: false)];
        Assert.Equal(before.Select(one => one with { Uid = null }), after.Take(before.Length));
        Assert.Equal(after.Skip(before.Length), client.Events(before[^1].Id, follow: false));
    }

    [Fact]
    public async Task Follower_is_told_what_comes_until_the_daemon_ends()
    {
        ParkerClient client = new(_server.Socket);
        client.Create(TestServer.Request());
        using IEnumerator<EventDocument> events = client.Events(0, follow: true).GetEnumerator();
        Assert.True(events.MoveNext());
        Assert.Equal("defined", events.Current.Kind);
        Task<bool> next = Task.Run(events.MoveNext, TestContext.Current.CancellationToken);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(next.IsCompleted);
        new ParkerClient(_server.Socket).Start(TestServer.Name);
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal("operation_begun", events.Current.Kind);
        Task ends = Task.Run(_server.End, TestContext.Current.CancellationToken);
        while (events.MoveNext())
        {
        }

        await ends.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static uint Uid() => uint.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);

    [Fact]
    public void Oldest_events_go_where_there_are_too_many()
    {
        EventLog log = new();
        for (int number = 0; number < EventLog.Capacity + 3; number++)
        {
            log.Add(new OperationEnded(DateTimeOffset.UnixEpoch, "db", PartitionOperation.Stop, $"number {number}"));
        }

        EventDocument[] kept = [.. log.ReadAsync(0, follow: false, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken).ToBlockingEnumerable(TestContext.Current.CancellationToken).OfType<EventDocument>()];
        Assert.Equal(EventLog.Capacity, kept.Length);
        Assert.EndsWith("number 3", kept[0].Text, StringComparison.Ordinal);
        Assert.Equal(kept[0], JsonSerializer.Deserialize(ApiJson.ToLine(kept[0]), ApiJson.Of<EventDocument>()));
        Assert.DoesNotContain('\n', ApiJson.ToLine(kept[0]));
    }

    [Fact]
    public async Task Reader_is_given_nothing_when_nothing_comes_and_then_what_comes()
    {
        EventLog log = new();
        await using IAsyncEnumerator<EventDocument?> events = log.ReadAsync(0, follow: true, TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        Assert.Null(events.Current);
        log.Add(new PartitionRemoved(DateTimeOffset.UnixEpoch, "db"));
        do
        {
            Assert.True(await events.MoveNextAsync());
        }
        while (events.Current is null);

        Assert.Equal("removed", events.Current.Kind);
    }
}
