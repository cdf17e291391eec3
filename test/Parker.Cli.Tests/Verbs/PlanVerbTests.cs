using System.Text.Json;
using Parker.Fixtures;

namespace Parker.Cli.Tests.Verbs;

public sealed class PlanVerbTests : IDisposable
{
    private static readonly string Machine = MachineFixtures.Xeon.ArchivePath;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plan_shows_steps_choices_and_the_same_hash_each_time()
    {
        Write("[[partition]]\nname = \"db\"\ncpus = 4\nmemory = \"1G\"\nkernel = \"/boot/vmlinuz\"\nautostart = true\n");

        ProgramRun run = ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine);

        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith("db: is new\n   1 define\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n       restart never; autostart yes; dump no\n   2 start\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  because CPUs ", run.Output, StringComparison.Ordinal);
        Assert.Matches("2 steps; no kernel is stopped. Plan [0-9a-f]{32}\n$", run.Output);
        Assert.Equal(run.Output, ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine).Output);
    }

    [Fact]
    public void Policy_of_a_new_partition_is_part_of_the_plan()
    {
        Write("[[partition]]\nname = \"db\"\ncpus = 4\nmemory = \"1G\"\nkernel = \"/boot/vmlinuz\"\nrestart = \"on-failure\"\n");
        Assert.Contains("\n       restart on-failure; autostart no; dump no\n", ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_as_json_has_the_hash_of_the_listing()
    {
        Write("[[partition]]\nname = \"db\"\ncpus = 4\nmemory = \"1G\"\nkernel = \"/boot/vmlinuz\"\n");

        JsonElement plan = JsonDocument.Parse(ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine, "-o", "json").Output).RootElement;

        Assert.EndsWith(plan.GetProperty("hash").GetString() + "\n", ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine).Output, StringComparison.Ordinal);
        JsonElement change = Assert.Single(plan.GetProperty("changes").EnumerateArray());
        Assert.Equal(("db", "create"), (change.GetProperty("partition").GetString(), change.GetProperty("kind").GetString()));
    }

    [Fact]
    public void All_that_does_not_fit_is_refused_where_it_stands_with_what_would_fit()
    {
        Write("[[partition]]\nname = \"db\"\ncpus = 8000\nmemory = \"900G\"\nkernel = \"/boot/vmlinuz\"\n");

        ProgramRun run = ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("parker.toml:3:8: partition db: error FIT013", run.Error, StringComparison.Ordinal);
        Assert.Contains("parker.toml:4:10: partition db: error FIT022", run.Error, StringComparison.Ordinal);
        Assert.Contains("Ask for ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void File_with_problems_is_refused_with_all_of_them_and_one_that_is_not_there_failed()
    {
        Write("[[partition]]\nname = \"DB\"\ncolour = \"red\"\n");

        ProgramRun run = ProgramRun.Of("plan", _folder["parker.toml"], "--root", Machine);

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.All(["CONF002", "CONF005", "CONF006"], id => Assert.Contains(id, run.Error, StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, ProgramRun.Of("plan", _folder["none.toml"], "--root", Machine).ExitCode);
    }

    private void Write(string text) => File.WriteAllText(_folder["parker.toml"], text);
}
