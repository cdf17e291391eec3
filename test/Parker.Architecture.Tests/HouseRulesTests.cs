namespace Parker.Architecture.Tests;

/// <summary>Each rule on made-up trees that break it, and on the nearest ones that do not.</summary>
public sealed class HouseRulesTests
{
    private static readonly RoomsTable Rooms = RoomsTable.Parse(RoomsTableTests.Sample);

    [Theory]
    [InlineData("src/Parker.Boot", "src/Parker.Machine", true)]
    [InlineData("src/Parker.Machine", "src/Parker.Boot", false)]
    [InlineData("src/Parker.Cli", "src/Parker.Machine", false)]
    [InlineData("lab/Parker.Lab", "src/Parker.Boot", true)]
    [InlineData("lab/Parker.Lab", "src/Parker.Linux", false)]
    [InlineData("src/Parker.Boot", "test/Parker.Fixtures", false)]
    [InlineData("src/Parker.Boot", "lab/Parker.Lab", false)]
    [InlineData("test/Parker.Boot.Tests", "src/Parker.Boot", true)]
    [InlineData("test/Parker.Boot.Tests", "src/Parker.Machine", true)]
    [InlineData("test/Parker.Boot.Tests", "src/Parker.Linux", false)]
    [InlineData("test/Parker.Boot.Tests", "test/Parker.Fixtures", true)]
    [InlineData("test/Parker.Boot.Tests", "test/Parker.Machine.Tests", false)]
    [InlineData("test/Parker.Boot.Tests", "lab/Parker.Lab", false)]
    [InlineData("test/Parker.Smoke.Tests", "src/Parker.Machine", false)]
    [InlineData("test/Parker.Smoke.Tests", "test/Parker.Fixtures", true)]
    [InlineData("test/Parker.Fixtures", "src/Parker.Machine", true)]
    [InlineData("test/Parker.Fixtures", "test/Parker.Boot.Tests", false)]
    [InlineData("bench/Parker.Boot.Bench", "src/Parker.Boot", true)]
    [InlineData("bench/Parker.Boot.Bench", "lab/Parker.Lab", true)]
    [InlineData("bench/Parker.Boot.Bench", "src/Parker.Cli", false)]
    [InlineData("fuzz/Parker.Boot.Fuzz", "src/Parker.Boot", true)]
    public void Edges_are_those_of_the_table(string from, string to, bool allowed)
    {
        SourceTree tree = SourceTree.Of(Project(from, Reference(to)), Project(to));
        Assert.Equal(allowed, !HouseRules.Edges(tree.Projects, Rooms).Any());
    }

    [Fact]
    public void Edges_lab_tests_may_use_the_lab()
    {
        SourceTree tree = SourceTree.Of(Project("test/Parker.Boot.LabTests", "<LabTests>true</LabTests>" + Reference("lab/Parker.Lab")), Project("lab/Parker.Lab"));
        Assert.Empty(HouseRules.Edges(tree.Projects, Rooms));
    }

    [Fact]
    public void Edges_project_without_a_row_is_found() =>
        Assert.Equal(["src/Parker.Secret/Parker.Secret.csproj has no row in the table of rooms of ARCHITECTURE.md."], HouseRules.Edges(SourceTree.Of(Project("src/Parker.Secret")).Projects, Rooms));

    [Fact]
    public void Edges_reference_to_nothing_is_found() =>
        Assert.Single(HouseRules.Edges(SourceTree.Of(Project("src/Parker.Boot", Reference("src/Parker.Gone"))).Projects, Rooms));

    [Theory]
    [InlineData("src/Parker.Linux", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", true)]
    [InlineData("src/Parker.Boot", "<AllowUnsafeBlocks>false</AllowUnsafeBlocks>", true)]
    [InlineData("src/Parker.Boot", "<AllowUnsafeBlocks> True </AllowUnsafeBlocks>", false)]
    [InlineData("test/Parker.Boot.Tests", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", false)]
    public void Unsafe_belongs_in_linux(string folder, string property, bool allowed) =>
        Assert.Equal(allowed, !HouseRules.Unsafe(SourceTree.Of(Project(folder, property))).Any());

    [Fact]
    public void Unsafe_for_all_projects_is_found() =>
        Assert.Single(HouseRules.Unsafe(SourceTree.Of(("src/Directory.Build.props", "<Project><AllowUnsafeBlocks>true</AllowUnsafeBlocks></Project>"))));

    [Fact]
    public void Readmes_missing_one_is_found() =>
        Assert.Equal(["src/Parker.Boot has no README.md."], HouseRules.Readmes(SourceTree.Of(Project("src/Parker.Boot"), Project("src/Parker.Cli"), ("src/Parker.Cli/README.md", "x"))));

    [Fact]
    public void Readmes_tests_without_a_room_need_their_own()
    {
        SourceTree tree = SourceTree.Of(Project("src/Parker.Boot"), ("src/Parker.Boot/README.md", "x"), Project("test/Parker.Boot.Tests"), Project("test/Parker.Smoke.Tests"));
        Assert.Equal(["test/Parker.Smoke.Tests has no README.md."], HouseRules.Readmes(tree));
    }

    [Fact]
    public void Solution_difference_either_way_is_found()
    {
        SourceTree tree = SourceTree.Of(
            Project("src/Parker.Boot"),
            Project("src/Parker.Cli"),
            ("Parker.slnx", """<Solution><Folder Name="/src/"><Project Path="src/Parker.Cli/Parker.Cli.csproj" /><Project Path="src/Gone.csproj" /></Folder></Solution>"""));
        Assert.Equal(["src/Parker.Boot/Parker.Boot.csproj is missing in Parker.slnx.", "Parker.slnx has src/Gone.csproj, which is not there."], HouseRules.Solution(tree));
    }

    // The forbidden words are put together here, so that this file is not one that has them.
    [Theory]
    [InlineData("https:", "//api.nuget.example/v3/index.json", false)]
    [InlineData("http:", "//deb.example.org/pool", false)]
    [InlineData("https:", "//my.registry.example", false)]
    [InlineData("http:", "//10.1.2.3:8080/x", false)]
    [InlineData("http:", "//127.0.0.1:8080/x", true)]
    [InlineData("https:", "//keepachangelog.com/en/1.1.0/", true)]
    [InlineData("see /home", "/somebody/parker", false)]
    [InlineData("\"/root", "/.cache\"", false)]
    [InlineData("/Users", "/somebody", false)]
    [InlineData("C:", "\\Users\\somebody", false)]
    [InlineData("at /tmp", "/somewhere/else", false)]
    [InlineData("$HOME", "/.cache/parker", true)]
    [InlineData("a link to ../../home", "/index.md", true)]
    [InlineData("TMPDIR=/tmp", "", true)]
    public void ForbiddenText_hosts_and_private_paths_are_found(string start, string end, bool allowed) =>
        Assert.Equal(allowed, !HouseRules.ForbiddenText(SourceTree.Of(("docs/x.md", "first line\n" + start + end + "\n"))).Any());

    [Fact]
    public void ForbiddenText_tells_the_line() =>
        Assert.StartsWith("a.md:3 ", Assert.Single(HouseRules.ForbiddenText(SourceTree.Of(("a.md", "1\n2\n/home" + "/x\n")))), StringComparison.Ordinal);

    private static (string Path, string Text) Project(string folder, string content = "") =>
        (folder + "/" + folder[(folder.LastIndexOf('/') + 1)..] + ".csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>{content}</PropertyGroup></Project>");

    private static string Reference(string folder) => $"<ProjectReference Include=\"../../{folder}/{folder[(folder.LastIndexOf('/') + 1)..]}.csproj\" />";
}
