using System.Globalization;
using System.Text.Json;
using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>The daemon is killed, and the next one goes on where it was.</summary>
[Collection(SharedServer.Name)]
public sealed class AdoptionTests(SharedServer.Fixture fixture) : IDisposable
{
    private const string Holder = "$(sed 's/process //' /run/parker/lock.holder)";

    private readonly PartitionServer _server = fixture.Server;

    [Fact]
    public void Partition_of_a_killed_daemon_goes_on_and_is_adopted()
    {
        _server.Output($"parker create adopted --cpus 2 --memory 384M --device {_server.Device(SharedServer.Nvme)} --restart on-failure {PartitionServer.Boots(_server.Old)}");
        _server.Output("parker start adopted --wait running");
        string boot = BootId();
        long heartbeat = Heartbeat();
        _server.Output($"kill -9 {Holder}");
        Assert.Equal(4, _server.Run("parker list").ExitCode);
        Assert.NotEqual(0, _server.Run("cat /run/parker/fs/adopted/state").ExitCode);
        StartDaemon();
        Assert.Equal("running", _server.Output("cat /run/parker/fs/adopted/state"));
        Assert.Equal("1", _server.Output("grep -c fuse.parker /proc/mounts"));
        Assert.Contains("adopted: adopted, running: heartbeat", _server.Output("cat /run/parker-daemon.log"), StringComparison.Ordinal);
        _server.Await("adopted", "running");
        Assert.Equal(boot, BootId());
        AwaitMoreThan(heartbeat);
        using (AgentClient agent = _server.Application(SharedServer.Nvme))
        {
            Assert.Equal(_server.Old.Release, agent.Run("uname -r", TimeSpan.FromSeconds(60)).Expect().Trim());
        }

        AssertLostHoldIsTold();

        // A second daemon beside it is refused, and names the first.
        CommandResult second = _server.Run("timeout 30 parker daemon");
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("is held by process", second.Error, StringComparison.Ordinal);
        Assert.Contains("its kernel shut down when asked", _server.Output("parker stop adopted"), StringComparison.Ordinal);
        _server.Output("parker destroy adopted");
    }

    [Fact]
    public void Daemon_killed_at_steps_of_a_life_leaves_nothing_that_the_next_one_does_not_put_in_order()
    {
        MachineSnapshot before = _server.Snapshot();
        int begin = Lines();
        Define();
        _server.Output(Life);
        int steps = Lines() - begin;
        Assert.InRange(steps, 30, 200);

        // Every step in ./run soak.
        int[] kills = Environment.GetEnvironmentVariable("PARKER_SOAK") is null
            ? [2, .. Enumerable.Range(0, 4).Select(_ => Random.Shared.Next(3, steps))]
            : [.. Enumerable.Range(2, steps - 2)];
        foreach (int step in kills)
        {
            Define();
            int target = begin + step + (Lines() - begin - 1);
            string line = _server.Output(string.Create(
                CultureInfo.InvariantCulture,
                $"({Life}) >/dev/null 2>&1 & life=$!; until [ $(wc -l </run/parker/journal) -ge {target} ] || ! kill -0 $life 2>/dev/null; do :; done; kill -9 {Holder}; wait $life; tail -n 1 /run/parker/journal"));
            StartDaemon();
            Check($"killed at step {step}, after {line}");
            before.AssertSame(_server.Snapshot());
        }
    }

    public void Dispose()
    {
        if (_server.Run("parker list").ExitCode != 0)
        {
            StartDaemon();
        }

        _server.TestEnded();
    }

    private static string Life => "parker start killed && parker stop killed --now && parker start killed && parker destroy killed --now";

    private void Define() =>
        _server.Output($"parker create killed --cpus 2 --memory 256M --device {_server.Device(SharedServer.VirtioBlk)} {PartitionServer.Boots(_server.Old)}");

    private int Lines() => int.Parse(_server.Output("wc -l </run/parker/journal"), CultureInfo.InvariantCulture);

    private void StartDaemon() =>
        _server.Output("parker daemon </dev/null >>/run/parker-daemon.log 2>&1 & for i in $(seq 300); do parker list >/dev/null 2>&1 && exit 0; sleep 0.1; done; cat /run/parker-daemon.log; exit 1");

    /// <summary>What the partition is said to hold is what is taken of the machine; and it can be given back.</summary>
    private void Check(string where)
    {
        JsonElement[] partitions = [.. _server.Json("parker list -o json").GetProperty("partitions").EnumerateArray()];
        string online = _server.Output("cat /sys/devices/system/cpu/online");
        if (partitions.Length == 0)
        {
            Assert.True(online == "0-7", $"{where}: online are {online}");
            return;
        }

        JsonElement one = Assert.Single(partitions);
        string state = one.GetProperty("state").GetString()!;
        bool holds = one.GetProperty("holds_machine").GetBoolean();
        Assert.True(state is "defined" or "stopped" or "starting" or "running", $"{where}: {one}");
        Assert.True(holds == (state != "defined") && holds == (online != "0-7"), $"{where}: {state}, holds {holds}, online are {online}");
        _server.Output("parker destroy killed --now");
    }

    /// <summary>Somebody takes the cover from a held CPU's file, and lays it again.</summary>
    private void AssertLostHoldIsTold()
    {
        int cpu = _server.Json("parker status adopted -o json").GetProperty("cpu_details")[0].GetProperty("number").GetInt32();
        string lost = string.Create(CultureInfo.InvariantCulture, $"CPU {cpu} is no longer held");
        string file = string.Create(CultureInfo.InvariantCulture, $"sys/devices/system/cpu/cpu{cpu}/online");
        Assert.DoesNotContain("held", _server.Status("adopted").Evidence, StringComparison.Ordinal);
        _server.Output($"umount /{file}");
        AwaitEvidence(evidence => evidence.Contains(lost, StringComparison.Ordinal));
        _server.Output($"mount --bind /run/parker/held-{file.Replace('/', '-')} /{file}");
        AwaitEvidence(evidence => !evidence.Contains(lost, StringComparison.Ordinal));
    }

    private void AwaitEvidence(Predicate<string> isSo)
    {
        long begun = Environment.TickCount64;
        while (!isSo(_server.Status("adopted").Evidence))
        {
            Assert.True(Environment.TickCount64 - begun < 60_000, _server.Status("adopted").Evidence);
            Thread.Sleep(500);
        }
    }

    private string BootId() => _server.Json("parker status adopted -o json").GetProperty("boot_id").GetString()!;

    private long Heartbeat()
    {
        string evidence = _server.Await("adopted", "running");
        return long.Parse(evidence.Split(' ')[1].TrimEnd(','), CultureInfo.InvariantCulture);
    }

    private void AwaitMoreThan(long heartbeat)
    {
        long begun = Environment.TickCount64;
        while (Heartbeat() <= heartbeat)
        {
            Assert.True(Environment.TickCount64 - begun < 60_000, "The heartbeat stands.");
            Thread.Sleep(200);
        }
    }
}
