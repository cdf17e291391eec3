namespace Parker.Smoke.Tests;

/// <summary>The program as a file and as a process.</summary>
public sealed class ProgramFileTests
{
    private const int Runs = 31;

    [Fact]
    public void File_is_under_20_MB() => Assert.InRange(new FileInfo(PublishedProgram.Path).Length, 1, 20_000_000);

    [Fact]
    public void Version_is_one_line()
    {
        PublishedProgram run = PublishedProgram.Run("--version");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"^parker \d+\.\d+\.\d+\S*\n$", run.Output);
    }

    [Fact]
    public void Help_is_for_standard_output()
    {
        PublishedProgram run = PublishedProgram.Run("--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("topology", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_verb_is_wrong_usage()
    {
        PublishedProgram run = PublishedProgram.Run("toplogy");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("topology", run.Error, StringComparison.Ordinal);
    }

    // The median of whole processes. Where it is far from the fastest run, the machine was busy with other things, and only the fastest can tell.
    [Fact]
    public void Version_takes_under_15_ms()
    {
        const double limitMs = 15;
        const double noise = 2;
        List<double> times = [.. Enumerable.Range(0, Runs).Select(_ => PublishedProgram.Time("--version").TotalMilliseconds).Order()];
        double median = times[Runs / 2];
        double told = median <= noise * times[0] ? median : times[0];
        Assert.True(told < limitMs, $"'parker --version' took {median:0.0} ms (median of {Runs}; fastest {times[0]:0.0}).");
    }
}
