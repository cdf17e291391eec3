using System.CommandLine;
using Parker.Cli.Help;
using Parker.Package.Manuals;

namespace Parker.Package.Tests;

public sealed class ManualTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 2, 3);

    private readonly PackageTree _tree = new(Day);

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Pages_have_no_warning_of_mandoc()
    {
        ProcessRun run = ProcessRun.Of("mandoc", ["-T", "lint", "-W", "warning", .. _tree.Pages]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output + run.Error));
    }

    [Fact]
    public void Pages_show_every_verb_argument_and_option_of_help()
    {
        RootCommand root = PackageFiles.Definitions();
        string program = _tree.Rendered("man1/parker.1");
        foreach (Command verb in CommandText.Verbs(root))
        {
            Assert.Contains(verb.Description!, program, StringComparison.Ordinal);
            string page = _tree.Rendered($"man1/parker-{verb.Name}.1");
            Assert.Contains($"{CommandText.FullName(verb)} {CommandText.Usage(verb)}", page, StringComparison.Ordinal);
            Assert.All(CommandText.Arguments(verb), argument => Assert.Contains(argument.Description!, page, StringComparison.Ordinal));
            Assert.All(CommandText.Options(verb), option => Assert.Contains($"{string.Join(", ", CommandText.NamesOf(option))} {CommandText.ValueOf(option)}".Trim(), page, StringComparison.Ordinal));
            Assert.All(CommandText.Options(verb), option => Assert.Contains(option.Description!, page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Page_of_the_configuration_has_every_key_and_an_example()
    {
        string page = _tree.Rendered("man5/parker.toml.5");
        foreach (string line in (string[])["cores-per-node = NUMBER", "cpus = NUMBER|\"TEXT\"", "restart = \"never\"|\"on-failure\"|\"always\"", "initrd = [\"TEXT\", ...]", "[[partition]] name = \"db\""])
        {
            Assert.Contains(line, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_that_is_markup_elsewhere_comes_out_as_it_was()
    {
        const string text = ".SH 'is' \"no\" \\fBrequest\\fR --here ~/x^y `z`";
        ManualPage page = new("x", 1, Day, "y");
        page.Section("DESCRIPTION");
        page.Paragraph(text);
        page.Term(".TP", "'", ".PP");
        string file = _tree.Write("odd.1", page.ToString());
        string rendered = PackageTree.Render(file);
        Assert.Contains(text, rendered, StringComparison.Ordinal);
        Assert.Contains(".TP ' .PP", rendered, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_name_pages_that_there_are()
    {
        string[] named = [.. PackageFiles.All(Day)
            .Where(file => file.Path.EndsWith(".service", StringComparison.Ordinal))
            .Select(file => file.Text.Split('\n').Single(line => line.StartsWith("Documentation=man:", StringComparison.Ordinal))["Documentation=man:".Length..])];
        Assert.Equal(["parker-daemon(1)", "parker(1)"], named);
        Assert.All(named, page => Assert.Contains(_tree.Pages, path => path.EndsWith($"/{page.Replace("(1)", ".1", StringComparison.Ordinal)}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Files_are_the_same_each_time() => Assert.Equal(PackageFiles.All(Day), PackageFiles.All(Day));
}
