using System.Globalization;
using System.Text.Json;

namespace Parker.Runtime.LabTests;

/// <summary>Several people at once do to the same partitions what comes to their minds.</summary>
[Collection(SharedServer.Name)]
public sealed class ConcurrencyTests(SharedServer.Fixture fixture) : IDisposable
{
    private const int Clients = 6;

    private readonly PartitionServer _server = fixture.Server;

    // Two minutes in ./run soak.
    private static int Seconds => Environment.GetEnvironmentVariable("PARKER_SOAK") is null ? 10 : 120;

    [Fact]
    public void Clients_at_once_get_answers_that_fit_one_order_and_leave_the_machine_as_it_was()
    {
        MachineSnapshot before = _server.Snapshot();
        long last = LastEvent();
        _server.Output("rm -f /tmp/answers.* /tmp/odd.*; true");
        string[] creations =
        [
            $"--cpus 2 --memory 128M --device {_server.Device(SharedServer.VirtioBlk)} --kernel /boot/vmlinuz-{_server.Old.Release}",
            $"--cpus 1 --memory 128M --kernel /boot/vmlinuz-{_server.Cloud.Release}",
        ];

        // An answer is a line: what, how it ended. What is neither done (0) nor refused (3) is odd.
        string client = string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            end=$(($(date +%s) + {{Seconds}})); n=$1
            act() { "$@" >/dev/null 2>/tmp/error.$me; }
            me=$1
            while [ $(date +%s) -lt $end ]; do
                n=$(((n * 1103515245 + 12345) % 2147483648)); name=p$((n / 65536 % 2))
                case $((n / 131072 % 8))$name in
                    [01]p0) what=create; act parker create p0 {{creations[0]}};;
                    [01]p1) what=create; act parker create p1 {{creations[1]}};;
                    [23]*) what=start; act parker start $name;;
                    4*) what=stop; act parker stop --now $name;;
                    5*) what=destroy; act parker destroy --now $name;;
                    6*) what=list; act parker list;;
                    *) what=status; act parker status $name;;
                esac
                rc=$?
                echo $what $rc >>/tmp/answers.$me
                [ $rc = 0 ] || [ $rc = 3 ] || echo "$what $name ended with $rc: $(cat /tmp/error.$me)" >>/tmp/odd.$me
            done
            """);
        _server.Output($"cat >/tmp/client <<'END'\n{client}\nEND\nfor i in $(seq {Clients}); do sh /tmp/client $i & done; wait");
        Assert.Equal("", _server.Output("cat /tmp/odd.* 2>/dev/null; true"));

        // Each answer that says that it was done has its place in the one order that the journal is, and nothing else happened.
        ILookup<string, string> answers = _server.Output("cat /tmp/answers.*").Split('\n').ToLookup(line => line.Split(' ')[0], line => line.Split(' ')[1]);
        JsonElement[] events = Events(last);
        int Done(string what) => answers[what].Count(code => code == "0");
        int Happened(string kind, string text) => events.Count(one => one.GetProperty("kind").GetString() == kind && one.GetProperty("text").GetString()!.StartsWith(text, StringComparison.Ordinal));
        Assert.Equal(Happened("defined", ""), Done("create"));
        Assert.Equal(Happened("removed", ""), Done("destroy"));
        Assert.Equal(Happened("operation_ended", "start is done"), Done("start"));
        Assert.True(Done("start") > 0 && Done("destroy") > 0, _server.Output("sort /tmp/answers.* | uniq -c"));
        Assert.All(answers["list"], code => Assert.Equal("0", code));
        AssertOneAfterAnother(events);

        _server.Run("parker destroy --now p0; parker destroy --now p1");
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose() => _server.TestEnded();

    private static void AssertOneAfterAnother(JsonElement[] events)
    {
        string? under = null;
        foreach (JsonElement one in events)
        {
            string kind = one.GetProperty("kind").GetString()!;
            if (kind == "operation_begun")
            {
                Assert.Null(under);
                under = one.GetProperty("partition").GetString();
            }
            else if (kind == "operation_ended")
            {
                Assert.Equal(under, one.GetProperty("partition").GetString());
                under = null;
            }
        }
    }

    private long LastEvent() => Events(0) is [.., JsonElement last] ? last.GetProperty("id").GetInt64() : 0;

    private JsonElement[] Events(long after) =>
        [.. _server.Output(string.Create(CultureInfo.InvariantCulture, $"parker events --after {after} -o json")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
