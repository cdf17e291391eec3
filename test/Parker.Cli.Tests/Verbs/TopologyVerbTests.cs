using System.Text.Json;

namespace Parker.Cli.Tests.Verbs;

public sealed class TopologyVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public void Topology_of_a_capture_and_of_its_unpacked_folder_are_the_same(string format)
    {
        _folder.Write("m/proc/cpuinfo", "processor\t: 0\nvendor_id\t: GenuineIntel\nphysical id\t: 0\ncore id\t: 0\napicid\t: 0\n");
        _folder.Write("m/sys/devices/system/cpu/online", "0\n");
        _folder.Write("m/sys/devices/system/cpu/present", "0\n");
        Assert.Equal(ExitCode.Done, ProgramRun.Of("capture", _folder["m.tar.zst"], "--root", _folder["m"]).ExitCode);
        ProgramRun folder = ProgramRun.Of("topology", "-o", format, "--root", _folder["m"]);
        ProgramRun capture = ProgramRun.Of("topology", "-o", format, "--root", _folder["m.tar.zst"]);
        Assert.Equal(ExitCode.Done, folder.ExitCode);
        Assert.Contains("GenuineIntel", folder.Output, StringComparison.Ordinal);
        Assert.Equal(folder, capture);
    }

    [Fact]
    public void Topology_as_json_of_this_machine_is_one_object()
    {
        ProgramRun run = ProgramRun.Of("topology", "-o", "json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(1, document.RootElement.GetProperty("version").GetInt32());
        Assert.True(document.RootElement.GetProperty("cpus").GetArrayLength() > 0);
    }

    [Fact]
    public void Topology_of_names_with_control_characters_prints_none_of_them()
    {
        _folder.Write("m/proc/version", "Linux version 6.12\n");
        _folder.Write("m/sys/class/dmi/id/sys_vendor", "Bad\u001b[2J\u0007Vendor\n");
        ProgramRun run = ProgramRun.Of("topology", "--root", _folder["m"]);
        Assert.Contains("Bad?[2J?Vendor", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Fact]
    public void Topology_of_nothing_known_says_so()
    {
        Directory.CreateDirectory(_folder["m/proc"]);
        ProgramRun run = ProgramRun.Of("topology", "--root", _folder["m"]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Boot Kernel          unknown", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not seen, or odd", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Topology_of_a_place_that_is_not_there_fails() =>
        ProgramRun.Of("topology", "--root", _folder["no"]).AssertFailed(ExitCode.Failed, $"'{_folder["no"]}'", "no such file or directory", "parker capture");

    [Fact]
    public void Topology_of_a_directory_that_is_no_machine_is_refused()
    {
        _folder.Write("m/readme", "x");
        ProgramRun.Of("topology", "--root", _folder["m"]).AssertFailed(ExitCode.Refused, $"'{_folder["m"]}' is not a captured machine", "'proc'", "unpacked");
    }

    [Fact]
    public void Topology_of_a_file_that_is_no_capture_is_refused() =>
        ProgramRun.Of("topology", "--root", _folder.Write("m.tar.zst", "PK")).AssertFailed(ExitCode.Refused, "is not a captured machine", "parker capture");

    [Fact]
    public void Topology_of_a_damaged_capture_is_refused()
    {
        _folder.Write("m/proc/version", "Linux version 6.12\n");
        Assert.Equal(ExitCode.Done, ProgramRun.Of("capture", _folder["m.tar.zst"], "--root", _folder["m"]).ExitCode);
        File.WriteAllBytes(_folder["m.tar.zst"], File.ReadAllBytes(_folder["m.tar.zst"])[..^20]);
        ProgramRun.Of("topology", "--root", _folder["m.tar.zst"]).AssertFailed(ExitCode.Refused, "is not a captured machine");
    }

    [Fact]
    public void Topology_as_map_and_json_at_once_is_wrong_usage() =>
        ProgramRun.Of("topology", "--map", "-o", "json").AssertFailed(ExitCode.Usage, "--map draws text and -o json writes JSON");

    [Fact]
    public void Topology_in_an_unknown_form_is_wrong_usage() =>
        ProgramRun.Of("topology", "-o", "yaml").AssertFailed(ExitCode.Usage, "--output takes table or json, not 'yaml'");

    [Fact]
    public void Topology_with_an_unknown_option_is_wrong_usage_and_names_the_nearest() =>
        ProgramRun.Of("topology", "--rot", "x").AssertFailed(ExitCode.Usage, "There is no option '--rot'", "Did you mean '--root'?");
}
