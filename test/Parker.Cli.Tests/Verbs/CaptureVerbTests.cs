namespace Parker.Cli.Tests.Verbs;

public sealed class CaptureVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Capture_of_this_machine_says_what_it_saved_and_leaves_one_file_for_its_owner()
    {
        string file = _folder["this.tar.zst"];
        ProgramRun run = ProgramRun.Of("capture", file);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Empty(run.Error);
        Assert.Matches(@"^Saved [0-9]+ files of this machine to .*this\.tar\.zst \([0-9.]+ [KM]iB\)\.", run.Output);
        Assert.Equal(["this.tar.zst"], _folder.Names);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Capture_of_a_capture_is_the_same_bytes()
    {
        Assert.Equal(ExitCode.Done, ProgramRun.Of("capture", _folder["a.tar.zst"]).ExitCode);
        Assert.Equal(ExitCode.Done, ProgramRun.Of("capture", _folder["b.tar.zst"], "--root", _folder["a.tar.zst"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder["a.tar.zst"]), File.ReadAllBytes(_folder["b.tar.zst"]));
    }

    [Fact]
    public void Capture_takes_out_what_names_the_machine_and_says_so()
    {
        _folder.Write("m/proc/cmdline", "root=UUID=0f7c27a5-3a2b-4c6d-8e9f-001122334455 ro mac=52:54:00:12:34:56\n");
        ProgramRun run = ProgramRun.Of("capture", _folder["m.tar.zst"], "--root", _folder["m"]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Taken out: MAC addresses (1), UUIDs (1).", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Capture_to_a_file_that_is_there_is_refused_unless_forced()
    {
        _folder.Write("m/proc/version", "Linux version 6.12\n");
        string file = _folder.Write("m.tar.zst", "kept");
        ProgramRun.Of("capture", file, "--root", _folder["m"]).AssertFailed(ExitCode.Refused, $"'{file}'", "is there already", "--force");
        Assert.Equal("kept", File.ReadAllText(file));
        Assert.Equal(ExitCode.Done, ProgramRun.Of("capture", file, "--force", "--root", _folder["m"]).ExitCode);
        Assert.NotEqual("kept", File.ReadAllText(file));
    }

    [Fact]
    public void Capture_to_another_ending_is_wrong_usage() =>
        ProgramRun.Of("capture", _folder["m.zip"]).AssertFailed(ExitCode.Usage, $"'{_folder["m.zip"]}'", ".tar.zst");

    [Fact]
    public void Capture_to_a_directory_that_is_not_there_fails() =>
        ProgramRun.Of("capture", _folder["no/m.tar.zst"]).AssertFailed(ExitCode.Failed, $"'{_folder["no/m.tar.zst"]}'", "its directory does not exist");

    [Fact]
    public void Capture_without_a_file_is_wrong_usage() => ProgramRun.Of("capture").AssertFailed(ExitCode.Usage, "parker capture --help");
}
