using System.Text.Json;
using Parker.Api;
using Parker.Api.Plans;
using Parker.Cli.Plans;
using Parker.Daemon.Tests;
using Parker.Planning.Difference;

namespace Parker.Cli.Tests.Verbs;

public sealed class ApplyVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Plan_and_apply_speak_of_the_same_plan_and_apply_ends_with_nothing_to_do()
    {
        Write("256M");
        string hash = Run("plan", "-o", "json").Output;
        hash = JsonDocument.Parse(hash).RootElement.GetProperty("hash").GetString()!;

        ProgramRun dry = Run("apply", "--dry-run", "--plan", hash);
        Assert.Equal(ExitCode.Done, dry.ExitCode);
        Assert.EndsWith("Nothing was done: this was a dry run.\n", dry.Output, StringComparison.Ordinal);

        ProgramRun run = Run("apply", "--plan", hash);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("db: is new\n   1 define\n", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"2 steps; no kernel is stopped. Plan {hash}\nApplied: 2 steps taken.\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("db: stays as it is\nNothing is to do.", Run("apply").Output, StringComparison.Ordinal);
        AssertRefused(Run("apply", "--plan", hash), "APPLY001");
    }

    [Fact]
    public void Running_kernel_is_stopped_only_with_consent()
    {
        Write("256M");
        Run("apply");
        Write("512M");

        ProgramRun refused = Run("apply");
        AssertRefused(refused, "APPLY002");
        Assert.Contains("db: changes, which needs a restart\n  memory: ", refused.Output, StringComparison.Ordinal);
        Assert.Contains("--stop-running", refused.Error, StringComparison.Ordinal);

        JsonElement applied = JsonDocument.Parse(Run("apply", "--stop-running", "--grace", "0s", "-o", "json").Output).RootElement;
        Assert.Equal(["stop", "destroy", "define", "start"], applied.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("kind").GetString()!));
    }

    [Fact]
    public void Kernel_that_gets_other_cpus_runs_on()
    {
        Write("256M", "cpus-max = 4\n");
        Run("apply");
        _server.RunElastic();
        Write("256M", "cpus-max = 4\n", cpus: "4-6");

        Assert.StartsWith("db: changes while its kernel runs on\n  cpus: 4-5 -", Run("plan").Output, StringComparison.Ordinal);
        ProgramRun run = Run("apply");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("\n   1 grow\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("db: stays as it is\n", Run("plan").Output, StringComparison.Ordinal);
    }

    /// <summary>Every kind that a plan can have has words of its own.</summary>
    [Fact]
    public void Each_kind_of_change_is_told()
    {
        string[] told = [.. Enum.GetValues<ChangeKind>().Select(kind =>
        {
            using StringWriter output = new();
            PlanListing.Write(new PlanDocument("", [new PlanChangeDocument("db", ApiJson.NameOf(kind), false, [], [], [])], []), output);
            return output.ToString().Split('\n')[0];
        })];
        Assert.Distinct(told);
        Assert.All(Enum.GetValues<ChangeKind>(), kind => Assert.DoesNotContain($"db: {ApiJson.NameOf(kind)}", told));
    }

    [Fact]
    public void Without_a_daemon_apply_says_how_to_start_one()
    {
        Write("256M");
        ProgramRun.Of("apply", _folder["parker.toml"]).AssertFailed(ExitCode.NoAccess, "systemctl start parker");
    }

    private static void AssertRefused(ProgramRun run, string id)
    {
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains(id, run.Error, StringComparison.Ordinal);
    }

    private ProgramRun Run(string verb, params string[] options) => ProgramRun.On(_server.Socket, [verb, _folder["parker.toml"], .. options]);

    private void Write(string memory, string more = "", string cpus = "4-5") => File.WriteAllText(
        _folder["parker.toml"],
        $"[[partition]]\nname = \"db\"\ncpus = \"{cpus}\"\nmemory = \"{memory}\"\ndevices = [\"0000:01:00.0\"]\nkernel = \"/boot/vmlinuz\"\nautostart = true\n{more}");
}
