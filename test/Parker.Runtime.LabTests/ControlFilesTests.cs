using System.Text.Json;
using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>Partitions driven by files, with a stock kernel.</summary>
[Collection(SharedServer.Name)]
public sealed class ControlFilesTests(SharedServer.Fixture fixture) : IDisposable
{
    private const string Configuration = "/tmp/doors.toml";
    private static readonly string[] Compared = ["state", "cpus", "memory", "bind", "kernel", "initrd", "cmdline", "restart"];

    private readonly PartitionServer _server = fixture.Server;

    [Fact]
    public void Procedure_of_a_shell_script_runs_a_stock_kernel()
    {
        MachineSnapshot before = _server.Snapshot();
        string disk = _server.Device(SharedServer.VirtioBlk);
        CommandResult script = _server.Run($$"""
            cd /run/parker/fs || exit
            exec 2>&1
            mkdir db && cd db && cat state
            echo 384M > memory
            echo -n 6-7 > cpus
            echo {{disk}} > bind
            echo -n /boot/initrd-{{_server.Old.Release}}.img > initrd
            echo 'quiet loglevel=4' > cmdline
            cat state
            echo /boot/vmlinuz-{{_server.Old.Release}} > kernel
            cat state cpus bind online
            echo 1 > online && cat online
            ( echo 1 > online ) || echo again
            cd ..
            rmdir db || echo busy
            n=0; until grep -q running db/state || [ $n = 600 ]; do n=$((n + 1)); sleep 0.1; done
            cat db/state; ls db/devices; grep -c 'Linux version 6.1' db/log; grep -c ' state: ' db/events
            echo -n 0 > db/online && cat db/state db/online
            cat db/evidence
            echo 0 > db/online && rmdir db && ls
            """);
        Assert.True(script.ExitCode == 0, script.Output);

        // All on a bus comes along.
        string devices = $"{disk}\n{disk[..^1]}1";
        Assert.Matches(
            $"""
            ^draft
            draft
            defined
            6-7
            {devices}
            0
            1
            sh: write error: (Device or )?[Rr]esource busy
            again
            rmdir: 'db': (Device or )?[Rr]esource busy
            busy
            running
            {devices}
            1
            [4-9]
            stopped
            0
            its kernel shut down when asked; 2 CPUs proven parked
            check
            plan
            topology
            version
            $
            """,
            script.Output);
        before.AssertSame(_server.Snapshot());
    }

    [Fact]
    public void Four_doors_say_the_same_of_one_partition_after_every_step()
    {
        ApiPipe api = new(_server);
        string card = _server.Device(SharedServer.VirtioNet);
        WriteConfiguration("on-failure", card);
        _server.Output($"parker create doors --cpus 4-5 --memory 256M --device {card} --cmdline quiet {PartitionServer.Boots(_server.Old)}");
        AssertSame(api, "defined", "never", "goes on as it is, with another policy");

        _server.Output("cd /run/parker/fs/doors; echo on-failure > restart; echo 1 > online");
        AssertSame(api, "starting", "on-failure", "stays as it is");

        WriteConfiguration("always", card);
        _server.Output($"parker apply {Configuration}");
        AssertSame(api, "starting", "always", "stays as it is");

        // What one door refuses the others refuse, for the same reason.
        Assert.Contains("RUN003", _server.Run("parker start doors").Error, StringComparison.Ordinal);
        Assert.Contains("RUN003", api.Send("POST", "/v1/partitions/doors/start").Document.ToString(), StringComparison.Ordinal);
        Assert.Contains("RUN003", _server.Output("cd /run/parker/fs/doors; ! ( echo 1 > online ) 2>/dev/null && cat evidence"), StringComparison.Ordinal);

        Assert.Equal(200, api.Send("POST", "/v1/partitions/doors/stop?grace_ms=0").Status);
        AssertSame(api, "stopped", "always", "stays as it is");

        _server.Output("parker destroy doors");
        Assert.Equal(404, api.Send("GET", "/v1/partitions/doors").Status);
        Assert.NotEqual(0, _server.Run("ls /run/parker/fs/doors").ExitCode);
        Assert.Contains("doors: is new", Plan(), StringComparison.Ordinal);

        // Defined by the configuration, taken away by the API.
        _server.Output($"parker apply {Configuration}");
        AssertSame(api, "defined", "always", "stays as it is");
        Assert.Contains(_server.Json($"parker plan {Configuration} -o json").GetProperty("hash").GetString()!, Plan(), StringComparison.Ordinal);
        Assert.Equal(200, api.Send("DELETE", "/v1/partitions/doors").Status);
        Assert.Contains("RUN001", _server.Run("parker status doors").Error, StringComparison.Ordinal);
        Assert.NotEqual(0, _server.Run("ls /run/parker/fs/doors").ExitCode);
    }

    public void Dispose() => _server.TestEnded();

    private void WriteConfiguration(string restart, string device) => _server.Output($"""
        cat > {Configuration} <<END
        [[partition]]
        name = "doors"
        cpus = "4-5"
        memory = "256M"
        devices = ["{device}"]
        kernel = "/boot/vmlinuz-{_server.Old.Release}"
        initrd = ["/boot/initrd-{_server.Old.Release}.img"]
        cmdline = "quiet"
        restart = "{restart}"
        END
        """);

    /// <summary>Compares what the files, the command line and the API say, and what the configuration would change.</summary>
    private void AssertSame(ApiPipe api, string state, string restart, string inConfiguration)
    {
        string[] files;
        string[] command;
        string[] program;
        int tries = 0;
        do
        {
            // A kernel that starts is running some time later.
            files = [.. _server.Output($"cd /run/parker/fs/doors; grep . {string.Join(' ', Compared)}").Split('\n').Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..])];
            command = Of(_server.Json("parker status doors -o json"));
            program = Of(api.Send("GET", "/v1/partitions/doors").Document);
        }
        while ((files[0] != command[0] || files[0] != program[0]) && ++tries < 5);

        Assert.Equal(files, command);
        Assert.Equal(files, program);
        Assert.Equal((state, restart), (files[0] == "running" ? "starting" : files[0], files[^1]));
        Assert.Contains($"doors: {inConfiguration}\n", Plan(), StringComparison.Ordinal);
    }

    private static string[] Of(JsonElement partition) =>
    [
        partition.GetProperty("state").GetString()!,
        partition.GetProperty("cpus").GetString()!,
        $"{partition.GetProperty("memory_bytes").GetUInt64() >> 20}M@{partition.GetProperty("header_page").GetString()}",
        string.Join(' ', partition.GetProperty("buses").EnumerateArray().SelectMany(bus => bus.GetProperty("functions").EnumerateArray()).Select(function => function.GetString())),
        partition.GetProperty("kernel").GetString()!,
        string.Join(' ', partition.GetProperty("initrd").EnumerateArray().Select(path => path.GetString())),
        partition.GetProperty("command_line").GetString()!,
        partition.GetProperty("supervision").GetProperty("restart").GetString()!,
    ];

    /// <summary>What the configuration would change.</summary>
    private string Plan() => _server.Output($"cd /run/parker/fs; cat {Configuration} > plan; cat plan");
}
