using System.Collections.Concurrent;
using System.Diagnostics;
using Parker.Api.Client;
using Parker.Partition;

namespace Parker.Daemon.Tests.Concurrency;

/// <summary>Fifty clients at once that do what comes to their minds.</summary>
public sealed class ManyClientsTests : IDisposable
{
    private const int Clients = 50;

    // Two pairs want the same CPU.
    private static readonly (string Name, string Cpus, string? Rival)[] Wishes = [("a", "4-4", "e"), ("b", "5-5", "f"), ("c", "6-6", null), ("d", "7-7", null), ("e", "4-4", "a"), ("f", "5-5", "b")];

    // Two minutes in ./run soak.
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("PARKER_SOAK") is null ? 8 : 120);

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Every_answer_is_that_of_some_serial_order_and_the_machine_is_as_before()
    {
        string before = _server.Machine.Snapshot();
        Timeline timeline = new();
        string socket = _server.Socket;
        _server.Service.Events.Added += (one, _) => timeline.Add(one, Stopwatch.GetTimestamp());
        ConcurrentQueue<Call> calls = new();
        long deadline = Environment.TickCount64 + (long)Time.TotalMilliseconds;
        Thread[] clients = [.. Enumerable.Range(0, Clients).Select(number => new Thread(() => Run(socket, new Random(number), deadline, calls)))];
        foreach (Thread client in clients)
        {
            client.Start();
        }

        foreach (Thread client in clients)
        {
            Assert.True(client.Join(Time + TimeSpan.FromSeconds(60)), "A client got no answer.");
        }

        Assert.All(calls, call => Assert.True(call.IsExplainedBy(timeline), call.ToString()));
        foreach ((string what, string made) in (ReadOnlySpan<(string, string)>)[("create", "defined"), ("start", "started"), ("destroy", "removed")])
        {
            Assert.Equal(calls.Count(call => call.What == what && call.Outcome == "done"), Wishes.Sum(wish => timeline.CountDone(wish.Name, made, 0, long.MaxValue)));
        }

        // Each kind of call was made, done and refused.
        Assert.All(["create", "start", "destroy"], what => Assert.Equal(2, calls.Where(call => call.What == what).Select(call => call.Outcome == "done").Distinct().Count()));
        ParkerClient last = new(socket);
        foreach (string name in last.List().Partitions.Select(partition => partition.Name))
        {
            last.Destroy(PartitionName.Parse(name), evenIfRunning: true);
        }

        _server.End();
        Assert.Equal(before, _server.Machine.Snapshot());
        Assert.Empty(_server.Command().List().Partitions);
        TestContext.Current.SendDiagnosticMessage("{0} calls of {1} clients in {2}", calls.Count, Clients, Time);
    }

    private static void Run(string socket, Random random, long deadline, ConcurrentQueue<Call> calls)
    {
        while (Environment.TickCount64 < deadline)
        {
            (string name, string cpus, string? rival) = Wishes[random.Next(Wishes.Length)];
            PartitionName partition = PartitionName.Parse(name);
            string what = ((string[])["create", "create", "start", "start", "stop", "destroy", "list", "status"])[random.Next(8)];
            ParkerClient client = new(socket);
            long begun = Stopwatch.GetTimestamp();
            string outcome = "done";
            try
            {
                switch (what)
                {
                    case "create":
                        client.Create(TestServer.Request(name, cpus, "64M"));
                        break;
                    case "start":
                        client.Start(partition);
                        break;
                    case "stop":
                        client.Stop(partition, TimeSpan.Zero);
                        break;
                    case "destroy":
                        client.Destroy(partition, random.Next(2) == 0);
                        break;
                    case "list":
                        outcome = client.List().Partitions.Any(one => one.Name == name) ? "there" : "not there";
                        break;
                    default:
                        client.Status(partition);
                        break;
                }
            }
            catch (ProblemException problem)
            {
                outcome = problem.Problem.Diagnostics.Count > 0 ? problem.Problem.Diagnostics[0].Id : problem.Problem.Detail;
            }

            calls.Enqueue(new Call(what, name, rival, outcome, begun, Stopwatch.GetTimestamp()));
        }
    }

    private sealed record Call(string What, string Name, string? Rival, string Outcome, long Begun, long Ended)
    {
        /// <summary>Whether there was a moment between its begin and its end at which this answer was right.</summary>
        public bool IsExplainedBy(Timeline timeline) => (What, Outcome) switch
        {
            ("create", "done") => timeline.CountDone(Name, "defined", Begun, Ended) > 0,
            ("create", "RUN002" or "FIT006") => timeline.EverExisted(Name, true, Begun, Ended),
            ("create", "FIT014" or "RUN010") => Rival is not null && timeline.EverExisted(Rival, true, Begun, Ended),
            ("start", "done") => timeline.CountDone(Name, "started", Begun, Ended) > 0,
            ("start", "RUN003") => timeline.EverRan(Name, Begun, Ended),
            ("destroy", "done") => timeline.CountDone(Name, "removed", Begun, Ended) > 0,
            ("destroy", "RUN005") => timeline.EverRan(Name, Begun, Ended),
            ("list", "there") or ("stop" or "status", "done") => timeline.EverExisted(Name, true, Begun, Ended),
            ("list", "not there") or (_, "RUN001") => timeline.EverExisted(Name, false, Begun, Ended),
            _ => false,
        };
    }
}
