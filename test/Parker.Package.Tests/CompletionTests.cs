using System.CommandLine;
using System.Text;
using Parker.Cli.Help;

namespace Parker.Package.Tests;

/// <summary>What shells offer, asked of the shells. Two partitions, db and web, are there.</summary>
public sealed class CompletionTests : IDisposable
{
    private const string Listing = "printf 'NAME  STATE\\ndb  running\\nweb  off\\n'";

    private readonly PackageTree _tree = new(new DateOnly(2026, 2, 3));

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("parker st", "start status stop")]
    [InlineData("parker --v", "--version")]
    [InlineData("parker start --w", "--wait")]
    [InlineData("parker start --wait ", "init running")]
    [InlineData("parker start ", "db web")]
    [InlineData("parker start db w", "web")]
    [InlineData("parker start --timeout 30s d", "db")]
    [InlineData("parker list -o ", "json table")]
    [InlineData("parker list --output j", "json")]
    [InlineData("parker list ", "")]
    [InlineData("parker create ", "")]
    [InlineData("parker create db --restart on", "on-failure")]
    [InlineData("parker status ", "db web")]
    [InlineData("parker status db ", "")]
    [InlineData("parker nonsense ", "")]
    public void Bash_offers(string line, string offered) => Assert.Equal(offered, Bash(line));

    [Fact]
    public void Bash_offers_every_verb_and_every_option()
    {
        RootCommand root = PackageFiles.Definitions();
        Assert.Equal(Sorted(CommandText.Verbs(root).Select(verb => verb.Name)), Bash("parker "));
        Assert.All(CommandText.Verbs(root), verb => Assert.Equal(Sorted(CommandText.Options(verb).SelectMany(CommandText.NamesOf)), Bash($"parker {verb.Name} -")));
    }

    [Fact]
    public void Bash_offers_files_and_folders_where_they_are_wanted()
    {
        _tree.Write("here/vmlinuz", "");
        Directory.CreateDirectory(_tree.At("here/out"));
        string folder = _tree.At("here/");
        Assert.Equal($"{folder}out {folder}vmlinuz", Bash($"parker image {folder}"));
        Assert.Equal($"{folder}vmlinuz", Bash($"parker create db --kernel {folder}v"));
        Assert.Equal($"{folder}out", Bash($"parker describe db {folder}"));
    }

    [Theory]
    [InlineData("parker st", "start status stop")]
    [InlineData("parker start --w", "--wait")]
    [InlineData("parker start ", "db web")]
    [InlineData("parker list --output ", "json table")]
    public void Fish_offers(string line, string offered)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/fish"), "fish is not here");
        ProcessRun run = ProcessRun.Of("fish", "--no-config", "-c", $"function parker; {Listing}; end; source {_tree.At("usr/share/fish/vendor_completions.d/parker.fish")}; complete -C '{line}'");
        Assert.Equal("", run.Error);
        Assert.Equal(offered, Sorted(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(answer => answer.Split('\t')[0])));
    }

    [Fact]
    public void Zsh_reads_its_script()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh"), "zsh is not here");
        ProcessRun run = ProcessRun.Of("zsh", "-f", "-n", _tree.At("usr/share/zsh/vendor-completions/_parker"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private static string Sorted(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));

    private string Bash(string line)
    {
        string[] words = line.Split(' ');
        StringBuilder script = new($"parker() {{ {Listing}; }}\n. {_tree.At("usr/share/bash-completion/completions/parker")}\n");
        script.Append($"COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))})\nCOMP_CWORD={words.Length - 1}\n");
        script.Append("_parker\n((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"\n");
        ProcessRun run = ProcessRun.Of("bash", "--norc", "-u", "-c", script.ToString());
        Assert.Equal("", run.Error);
        return Sorted(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
