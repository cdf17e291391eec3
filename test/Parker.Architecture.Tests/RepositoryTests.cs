namespace Parker.Architecture.Tests;

/// <summary>The rules on this very tree.</summary>
public sealed class RepositoryTests
{
    private static readonly SourceTree Tree = SourceTree.OfRepository();

    [Fact]
    public void References_are_edges_of_the_table_of_rooms() => AssertNone(HouseRules.Edges(Tree.Projects, RoomsTable.Parse(Tree.Read("ARCHITECTURE.md"))));

    [Fact]
    public void Unsafe_is_on_only_where_the_kernel_is_called() => AssertNone(HouseRules.Unsafe(Tree));

    [Fact]
    public void Projects_have_a_readme() => AssertNone(HouseRules.Readmes(Tree));

    [Fact]
    public void Solution_has_every_project() => AssertNone(HouseRules.Solution(Tree));

    [Fact]
    public void Files_name_no_registry_and_no_private_path() => AssertNone(HouseRules.ForbiddenText(Tree));

    private static void AssertNone(IEnumerable<string> problems)
    {
        string text = string.Join('\n', problems);
        Assert.True(text.Length == 0, text);
    }
}
