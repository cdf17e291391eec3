using System.Text.Json;
using Parker.Daemon.Tests;
using Parker.Goldens;
using Parker.Runtime.Tests;

namespace Parker.Cli.Tests.Verbs;

public sealed class PartitionVerbTests : IDisposable
{
    private static readonly string[] CreateDb =
        ["create", "db", "--cpus", "4-5", "--memory", "256M", "--device", "0000:01:00.0", "--kernel", "/boot/vmlinuz", "--initrd", "/boot/initrd.img", "--cmdline", "quiet"];

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Life_of_a_partition_prints_the_golden_text()
    {
        using StringWriter text = new() { NewLine = "\n" };
        foreach (string[] args in (string[][])
            [
                [.. CreateDb, "--dry-run"],
                CreateDb,
                ["start", "db", "--dry-run"],
                ["start", "db"],
                ["start", "db"],
                ["stop", "db", "--dry-run"],
                ["stop", "db"],
                ["stop", "db", "--dry-run"],
                ["destroy", "db", "--dry-run"],
                ["destroy", "db"],
                ["destroy", "db"],
                ["list"],
            ])
        {
            ProgramRun run = Run(args);
            text.WriteLine($"$ parker {string.Join(' ', args)}");
            text.Write(run.Output);
            text.Write(run.Error);
            text.WriteLine($"[{run.ExitCode}]");
        }

        GoldenFile.AssertEqual("test/Parker.Cli.Tests/Goldens/partition-life.txt", text.ToString());
    }

    [Fact]
    public void Set_tells_what_came_and_left_and_why_not()
    {
        _server.DefineAndStartElastic().Keeps.Add(7);
        ProgramRun dry = Run("set", "db", "--cpus", "4-6", "--dry-run");
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("tell its kernel of CPUs 6, and wait up to 15 s", dry.Output, StringComparison.Ordinal);
        Assert.Matches("^db: CPUs 4-6; 6 came in [0-9]+ ms, for its user space to bring online\r?\n$", Run("set", "db", "--cpus", "4-6").Output);
        Assert.Matches("^db: CPUs 4,7; 5-6 left in [0-9]+ ms; 7 came in [0-9]+ ms, for its user space to bring online\r?\n$", Run("set", "db", "--cpus", "4,7").Output);
        Assert.Equal("db: CPUs 4,7, as before", Run("set", "db", "--cpus", "4,7").Output.Trim());
        Assert.Equal("4,7", JsonDocument.Parse(Run("set", "db", "--cpus", "2", "-o", "json").Output).RootElement.GetProperty("partition").GetProperty("cpus").GetString());
        Assert.Contains("cpus max      4: 'parker set db --cpus N' while it runs", Run("status", "db").Output, StringComparison.Ordinal);
        ProgramRun refused = Run("set", "db", "--cpus", "1");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("its kernel refused CPUs 7 (_OST status 0x82)", refused.Error, StringComparison.Ordinal);
        Assert.Equal(3, Run("set", "db", "--cpus", "5").ExitCode);
        Assert.Equal(2, Run("set", "db").ExitCode);
    }

    [Fact]
    public void Set_of_memory_tells_what_came_and_left_and_why_not()
    {
        FakeElasticKernel kernel = _server.DefineAndStartElastic();
        Assert.Contains("tell its kernel of memory 0x", Run("set", "db", "--memory", "512M", "--dry-run").Output, StringComparison.Ordinal);
        Assert.Matches("^db: memory 512MiB; 256MiB of memory came in [0-9]+ ms\r?\n$", Run("set", "db", "--memory", "512M").Output);
        Assert.Matches("^db: CPUs 4-6, memory 384MiB; 6 came in [0-9]+ ms, for its user space to bring online; 128MiB of memory left in [0-9]+ ms\r?\n$", Run("set", "db", "--memory", "384M", "--cpus", "4-6").Output);
        Assert.Equal("db: memory 384MiB, as before", Run("set", "db", "--memory", "300M").Output.Trim());
        string status = Run("status", "db").Output;
        Assert.Contains("memory max    768 MiB in steps of 128 MiB: 'parker set db --memory SIZE' while it runs", status, StringComparison.Ordinal);
        Assert.Matches("memory +128 MiB at 0x[0-9a-f]+ on node [0-9]+, came while it ran", status);
        kernel.KeepsMemory.Add(0);
        ProgramRun refused = Run("set", "db", "--memory", "256M");
        Assert.Equal(1, refused.ExitCode);
        Assert.Matches("its kernel refused memory 0x[0-9a-f]+-0x[0-9a-f]+ \\(_OST status 0x82\\); its log may say why, and keeps it. It has CPUs 4-6 and 384MiB of memory", refused.Error);
        Assert.Equal(3, Run("set", "db", "--memory", "2G").ExitCode);
        Assert.Equal(3, Run("create", "big", "--cpus", "1", "--memory", "512M", "--memory-max", "256M", "--kernel", "/boot/vmlinuz").ExitCode);
    }

    [Fact]
    public void Stop_of_all_stops_what_runs_and_leaves_the_rest()
    {
        Run(CreateDb);
        Run("create", "idle", "--cpus", "6-7", "--memory", "256M", "--kernel", "/boot/vmlinuz");
        Run("start", "db");
        ProgramRun run = Run("stop", "--all", "--now");
        Assert.Equal((0, "db: stopped, stopped by force, its kernel was not asked; 2 CPUs proven parked\n", ""), (run.ExitCode, run.Output.ReplaceLineEndings("\n"), run.Error));
        Assert.Equal((0, ""), (Run("stop", "--all").ExitCode, Run("stop", "--all").Output));
        Assert.Contains("idle  defined", Run("list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Destroy_of_all_gives_everything_back_and_goes_on_where_one_is_refused()
    {
        Run(CreateDb);
        Run("create", "idle", "--cpus", "6-7", "--memory", "256M", "--kernel", "/boot/vmlinuz");
        Run("start", "db");
        ProgramRun refused = Run("destroy", "--all");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("db", refused.Error, StringComparison.Ordinal);
        Assert.Equal("idle: everything was given back\n", refused.Output.ReplaceLineEndings("\n"));
        Assert.Equal((0, "db: everything was given back\n", ""), (Run("destroy", "--all", "--now") is var run ? run.ExitCode : 0, run.Output.ReplaceLineEndings("\n"), run.Error));
        Assert.Equal((0, ""), (Run("destroy", "--all").ExitCode, Run("destroy", "--all").Output));
    }

    [Fact]
    public void Events_are_lines_and_documents_of_the_partitions_that_are_named()
    {
        Run(CreateDb);
        Run("create", "idle", "--cpus", "6-7", "--memory", "256M", "--kernel", "/boot/vmlinuz");
        Run("start", "db");
        ProgramRun all = Run("events");
        Assert.Contains("  db            step             take CPU 5 (APIC ID 10) offline and hold it (uid ", all.Output, StringComparison.Ordinal);
        Assert.Contains("  idle          defined          CPUs 6-7, memory ", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("idle", Run("events", "db").Output, StringComparison.Ordinal);
        string[] lines = Run("events", "idle", "-o", "json").Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("defined", JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("create", "db")]
    [InlineData("create", "db", "--cpus", "4", "--memory", "1G")]
    [InlineData("create", "db", "--cpus", "4", "--memory", "1G", "--kernel", "k", "--node", "first")]
    [InlineData("start")]
    [InlineData("start", "Bad!")]
    [InlineData("start", "db", "Bad!")]
    [InlineData("start", "db", "--wait", "walking")]
    [InlineData("start", "db", "--wait", "running", "--timeout", "soon")]
    [InlineData("start", "db", "-o", "xml")]
    [InlineData("stop")]
    [InlineData("stop", "db", "--all")]
    [InlineData("events", "Bad!")]
    [InlineData("events", "--after", "-1")]
    [InlineData("events", "--after", "yesterday")]
    [InlineData("stop", "db", "Bad!")]
    [InlineData("stop", "db", "--grace", "-1s")]
    [InlineData("destroy")]
    [InlineData("destroy", "db", "--all")]
    [InlineData("destroy", "db", "Bad!")]
    [InlineData("destroy", "db", "--force")]
    [InlineData("list", "db")]
    [InlineData("status")]
    [InlineData("status", "Bad!")]
    [InlineData("status", "db", "rt")]
    public void Wrong_usage_is_told_before_any_partition_is_touched(params string[] args)
    {
        ProgramRun run = ProgramRun.Of(args);
        run.AssertFailed(ExitCode.Usage);
    }

    [Theory]
    [InlineData("create", "db", "--cpus", "4", "--memory", "1G", "--kernel", "k")]
    [InlineData("start", "db")]
    [InlineData("start", "db", "--dry-run")]
    [InlineData("stop", "db")]
    [InlineData("stop", "db", "--dry-run")]
    [InlineData("destroy", "db")]
    [InlineData("destroy", "db", "--dry-run")]
    [InlineData("list")]
    [InlineData("status", "db")]
    [InlineData("describe", "db", "/nonexistent/out")]
    public void Without_a_daemon_each_verb_says_how_to_start_one(params string[] args) =>
        ProgramRun.Of(args).AssertFailed(ExitCode.NoAccess, "No daemon answers on /nonexistent/parker.sock", "systemctl start parker", "'parker daemon' as root");

    [Fact]
    public void Daemon_needs_root() => ProgramRun.Of("daemon").AssertFailed(ExitCode.NoAccess, "Only root", "sudo");

    [Theory]
    [InlineData("RUN001", "start", "db")]
    [InlineData("RUN001", "start", "db", "--dry-run")]
    [InlineData("RUN001", "stop", "db")]
    [InlineData("RUN001", "destroy", "db", "--now")]
    [InlineData("RUN001", "status", "db")]
    [InlineData("REQ001", "create", "Bad!", "--cpus", "4", "--memory", "1G", "--kernel", "k")]
    [InlineData("FIT022", "create", "db", "--cpus", "4", "--memory", "1024G", "--kernel", "k")]
    public void Refusal_has_its_id_and_exit_code_3(string id, params string[] args) => Run(args).AssertFailed(ExitCode.Refused, id);

    [Fact]
    public void Step_that_fails_is_told_with_exit_code_1_and_what_was_undone()
    {
        Run(CreateDb);
        _server.Machine.Kernel = FakeKernelBehaviour.NeverStarts;
        Run("start", "db").AssertFailed(ExitCode.Failed, "did not take its first instruction", "Everything was given back");
    }

    [Fact]
    public void Kernel_that_does_not_come_up_in_time_is_exit_code_1()
    {
        Run(CreateDb);
        ProgramRun run = Run("start", "db", "--wait", "running", "--timeout", "2s");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("Partition db is starting, not running: the first instruction was taken", run.Error, StringComparison.Ordinal);

        _server.KernelBeats();
        Run("stop", "db", "--now");
        Assert.Equal(ExitCode.Done, Run("start", "db", "--wait", "running").ExitCode);
    }

    [Fact]
    public void Paths_are_those_of_the_command_not_of_the_daemon()
    {
        Assert.Equal(ExitCode.Done, Run("create", "db", "--cpus", "6-7", "--memory", "256M", "--kernel", "vmlinuz", "--initrd", "../initrd").ExitCode);
        JsonElement status = Json("status", "db", "-o", "json");
        Assert.Equal(Path.GetFullPath("vmlinuz"), status.GetProperty("kernel").GetString());
        Assert.Equal(Path.GetFullPath("../initrd"), status.GetProperty("initrd")[0].GetString());
    }

    [Fact]
    public void Warning_about_a_plan_is_told_and_does_not_refuse()
    {
        ProgramRun run = Run(CreateDb);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("parker: partition db: warning PLAN009: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", Run("create", "whole", "--cpus", "6-7,14-15", "--memory", "256M", "--kernel", "/boot/vmlinuz").Error);
    }

    [Fact]
    public void Json_of_each_verb_is_one_document()
    {
        Assert.Equal("defined", Json([.. CreateDb, "-o", "json"]).GetProperty("state").GetString());
        JsonElement preview = Json("start", "db", "--dry-run", "-o", "json");
        Assert.Equal("start", preview.GetProperty("operation").GetString());
        Assert.Equal("take", preview.GetProperty("actions")[0].GetProperty("kind").GetString());
        Assert.Equal("db", Json("start", "db", "-o", "json").GetProperty("partition").GetProperty("name").GetString());
        Assert.Equal("undo", Json("stop", "db", "--dry-run", "-o", "json").GetProperty("actions")[0].GetProperty("kind").GetString());
        Assert.Equal("stopped", Json("stop", "db", "-o", "json").GetProperty("state").GetString());
        Assert.Equal(1, Json("list", "-o", "json").GetProperty("partitions").GetArrayLength());
        Assert.True(Json("status", "db", "-o", "json").GetProperty("holds_machine").GetBoolean());
        Assert.NotEqual(0, Json("destroy", "db", "--dry-run", "-o", "json").GetProperty("actions").GetArrayLength());
        Assert.False(Json("destroy", "db", "-o", "json").GetProperty("holds_machine").GetBoolean());
    }

    private JsonElement Json(params string[] args)
    {
        ProgramRun run = Run(args);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        return JsonDocument.Parse(run.Output).RootElement;
    }

    private ProgramRun Run(params string[] args) => ProgramRun.On(_server.Socket, args);
}
