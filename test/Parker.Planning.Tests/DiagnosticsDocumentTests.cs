using System.Reflection;
using System.Text.RegularExpressions;
using Parker.Goldens;
using Parker.Planning.Grants;
using Parker.Planning.Validation;

namespace Parker.Planning.Tests;

public sealed partial class DiagnosticsDocumentTests
{
    [Theory]
    [InlineData("BUS", typeof(GrantReasonId))]
    [InlineData("UNIT", typeof(GrantReasonId))]
    [InlineData("PLAN", typeof(PlanDiagnosticId))]
    public void Document_has_each_id_of_the_catalog_and_no_other(string subject, Type catalog) => Assert.Equal(
        catalog.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Where(id => id.StartsWith(subject, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        Documented(subject));

    [Fact]
    public void Document_has_each_id_that_the_explicit_planner_writes_and_no_other()
    {
        string folder = Path.Combine(GoldenFile.Root, "src", "Parker.Planning", "Explicit");
        IEnumerable<string> written = Directory.EnumerateFiles(folder, "*.cs").SelectMany(file => PlannerId().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value);

        Assert.Equal(written.Distinct().Order(StringComparer.Ordinal), Documented("FIT"));
    }

    private static IEnumerable<string> Documented(string subject) => Row()
        .Matches(File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "diagnostics.md")))
        .Where(row => row.Groups[1].Value == subject)
        .Select(row => subject + row.Groups[2].Value);

    [GeneratedRegex(@"^\| ([A-Z]+)([0-9]{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\"(FIT[0-9]{3})\"")]
    private static partial Regex PlannerId();
}
