using System.Text;
using System.Text.Json;
using Parker.Lab.Agents;

namespace Parker.Runtime.LabTests;

/// <summary>A configuration file is made true on the server: what the plan shows happens, that and nothing else, and the second time nothing.</summary>
[Collection(SharedServer.Name)]
public sealed class ApplyTests(SharedServer.Fixture fixture) : IDisposable
{
    private const int Refused = 3;
    private const string File = "/tmp/parker.toml";

    private readonly PartitionServer _server = fixture.Server;

    [Fact]
    public void File_is_planned_applied_changed_and_emptied()
    {
        MachineSnapshot before = _server.Snapshot();
        Write(Partition("db", 2, "256M", autostart: true), Partition("web", 1, "256M", autostart: false));
        string hash = Hash();
        Assert.Contains("Nothing was done", _server.Output($"parker apply {File} --dry-run"), StringComparison.Ordinal);
        before.AssertSame(_server.Snapshot());

        Assert.Contains($"Plan {hash}\nApplied: 3 steps taken.", _server.Output($"parker apply {File} --plan {hash}"), StringComparison.Ordinal);
        _server.Await("db", "running");
        Assert.Equal("defined", _server.Status("web").State);
        string boot = _server.Json("parker status db -o json").GetProperty("boot_id").GetString()!;
        string same = _server.Output($"parker apply {File} --stop-running");
        Assert.Contains("db: stays as it is", same, StringComparison.Ordinal);
        Assert.Contains("Nothing is to do.", same, StringComparison.Ordinal);
        Refuses($"--plan {hash}", "APPLY001");

        // The plan gave the third partition a CPU that is no longer there when the plan is to be carried out.
        Write(Partition("db", 2, "256M", autostart: true), Partition("web", 1, "256M", autostart: false), Partition("job", 1, "128M", autostart: false));
        JsonElement planned = _server.Json($"parker plan {File} -o json");
        string cpu = planned.GetProperty("changes").EnumerateArray().Single(change => change.GetProperty("partition").GetString() == "job")
            .GetProperty("steps")[0].GetProperty("details")[0].GetString()!["CPUs ".Length..];
        _server.Output($"echo 0 >/sys/devices/system/cpu/cpu{cpu}/online");
        Refuses($"--plan {planned.GetProperty("hash").GetString()}", "APPLY001");
        _server.Output($"echo 1 >/sys/devices/system/cpu/cpu{cpu}/online");
        Assert.Equal(2, _server.Json("parker list -o json").GetProperty("partitions").GetArrayLength());

        // More memory needs a restart of the one that runs, and of nobody else.
        Write(Partition("db", 2, "384M", autostart: true), Partition("web", 1, "256M", autostart: false));
        Refuses("", "APPLY002");
        Assert.Equal(boot, _server.Json("parker status db -o json").GetProperty("boot_id").GetString());
        string changed = _server.Output($"parker apply {File} --stop-running --grace 0s");
        Assert.Contains("db: changes, which needs a restart", changed, StringComparison.Ordinal);
        Assert.Contains("1 kernel is stopped", changed, StringComparison.Ordinal);
        _server.Await("db", "running");
        Assert.NotEqual(boot, _server.Json("parker status db -o json").GetProperty("boot_id").GetString());

        Write();
        Assert.Contains("1 kernel is stopped", _server.Output($"parker apply {File} --stop-running --grace 0s"), StringComparison.Ordinal);
        _server.Output($"rm {File}");
        before.AssertSame(_server.Snapshot());
    }

    public void Dispose() => _server.TestEnded();

    private string Hash() => _server.Json($"parker plan {File} -o json").GetProperty("hash").GetString()!;

    private void Refuses(string options, string id)
    {
        CommandResult result = _server.Run($"parker apply {File} {options}");
        Assert.True(result.ExitCode == Refused && result.Error.Contains(id, StringComparison.Ordinal), $"apply {options} gave {result.ExitCode}, not {Refused} with {id}: {result.Output}{result.Error}");
    }

    private void Write(params string[] partitions) =>
        _server.Server.Agent.CopyIn(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(partitions))), File, UnixFileMode.UserRead | UnixFileMode.UserWrite, TimeSpan.FromSeconds(30));

    private string Partition(string name, int cpus, string memory, bool autostart) =>
        $"""
        [[partition]]
        name = "{name}"
        cpus = {cpus}
        memory = "{memory}"
        kernel = "/boot/vmlinuz-{_server.New.Release}"
        initrd = ["/boot/initrd-{_server.New.Release}.img"]
        autostart = {(autostart ? "true" : "false")}

        """;
}
