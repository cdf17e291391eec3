using System.Globalization;
using System.Text.Json;
using Parker.Cli.Checks;
using Parker.Planning.Preflight;

namespace Parker.Cli.Tests.Verbs;

public sealed class CheckVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_of_a_fit_machine_is_done_and_says_so()
    {
        WriteMachine("no_ipi_broadcast=1");

        ProgramRun run = ProgramRun.Of("check", "--root", _folder["m"]);

        Assert.DoesNotContain(run.Output.Split('\n'), line => line.StartsWith("missing", StringComparison.Ordinal));
        Assert.Contains("Partitions can be started on this machine.", run.Output, StringComparison.Ordinal);
        Assert.Contains("ok       CHK010  memory pool", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 GiB", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.ExitCode);
    }

    [Fact]
    public void Check_of_a_machine_that_lacks_one_parameter_is_refused_with_the_fix_below_its_line()
    {
        WriteMachine("quiet");

        ProgramRun run = ProgramRun.Of("check", "--root", _folder["m"]);

        string[] lines = run.Output.Split('\n');
        int line = Array.FindIndex(lines, text => text.StartsWith("missing  CHK030  broadcast interrupts", StringComparison.Ordinal));
        Assert.True(line >= 0, run.Output);
        Assert.Equal("fix: Boot with no_ipi_broadcast=1.", lines[line + 1].Trim());
        Assert.Contains("Partitions cannot be started on this machine: 1 missing.", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, run.ExitCode);
    }

    [Fact]
    public void Check_as_json_has_each_line_and_the_same_exit_code()
    {
        WriteMachine("quiet");

        ProgramRun run = ProgramRun.Of("check", "-o", "json", "--root", _folder["m"]);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.StartsWith("{\n  \"version\": 1,\n  \"can_start\": false,\n", run.Output, StringComparison.Ordinal);
        JsonElement[] checks = [.. document.RootElement.GetProperty("checks").EnumerateArray()];
        Assert.Equal(CheckCatalog.All.Select(check => check.Id), checks.Select(check => check.GetProperty("id").GetString()));
        JsonElement missing = Assert.Single(checks, check => check.GetProperty("status").GetString() == "missing");
        Assert.Equal("Boot with no_ipi_broadcast=1.", missing.GetProperty("fix").GetString());
        Assert.True(missing.GetProperty("required").GetBoolean());
        Assert.Equal("broadcast interrupts", missing.GetProperty("subject").GetString());
    }

    [Fact]
    public void Check_of_a_machine_of_which_nothing_is_known_promises_nothing()
    {
        Directory.CreateDirectory(_folder["m/proc"]);

        ProgramRun run = ProgramRun.Of("check", "--root", _folder["m"]);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("unknown  CHK001", run.Output, StringComparison.Ordinal);
        Assert.Contains("unknown  CHK010", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("can be started on this machine.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_of_this_machine_gives_a_verdict()
    {
        ProgramRun run = ProgramRun.Of("check");

        Assert.Contains(run.ExitCode, (int[])[ExitCode.Done, ExitCode.Refused]);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void Check_with_control_characters_in_a_capture_prints_none_of_them()
    {
        WriteMachine("quiet");
        _folder.Write("m/proc/sys/kernel/osrelease", "6.12.1-\u001b[2J\n");

        Assert.DoesNotContain('\u001b', ProgramRun.Of("check", "--root", _folder["m"]).Output);
    }

    [Fact]
    public void Listing_colours_the_status_alone()
    {
        CheckReport report = new([new CheckLine(CheckCatalog.MemoryPool, CheckStatus.Warn, "seen", "do")]);
        using StringWriter output = new(CultureInfo.InvariantCulture);

        CheckListing.Write(report, useColour: true, output);

        Assert.StartsWith("\u001b[33mwarn\u001b[0m     CHK010  memory pool  seen\n", output.ToString(), StringComparison.Ordinal);
    }

    private void WriteMachine(string parameters)
    {
        _folder.Write("m/proc/sys/kernel/osrelease", "6.12.95-amd64\n");
        _folder.Write("m/proc/cmdline", $"memmap=3G$0x140000000 memmap=512K$0x10000 iomem=relaxed {parameters}\n");
        _folder.Write("m/proc/iomem", "00001000-0000ffff : System RAM\n00010000-0008ffff : Reserved\n00100000-13fffffff : System RAM\n140000000-1ffffffff : Reserved\n");
        _folder.Write("m/proc/cpuinfo", string.Concat(Enumerable.Range(0, 2).Select(cpu => $"processor\t: {cpu}\nvendor_id\t: GenuineIntel\nphysical id\t: 0\ncore id\t: {cpu}\napicid\t: {cpu}\nflags\t\t: lm constant_tsc nonstop_tsc\n\n")));
        _folder.Write("m/sys/devices/system/cpu/present", "0-1\n");
        _folder.Write("m/sys/devices/system/cpu/online", "0-1\n");
        _folder.Write("m/sys/devices/system/cpu/cpu1/online", "1\n");
        _folder.Write("m/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
        _folder.Write("m/dev/mem", "");
        _folder.Write("m/.parker/tsc", "2300000000 PerfEvent values\n");
        string[] map = ["0x1000 0x9ffff", "0x100000 0x1ffffffff"];
        for (int entry = 0; entry < map.Length; entry++)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"m/sys/firmware/memmap/{entry}/");
            _folder.Write(folder + "start", map[entry].Split(' ')[0] + "\n");
            _folder.Write(folder + "end", map[entry].Split(' ')[1] + "\n");
            _folder.Write(folder + "type", "System RAM\n");
        }
    }
}
