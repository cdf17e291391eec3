using System.Reflection;
using System.Text.RegularExpressions;
using Parker.Goldens;
using Parker.Planning.Configuration;
using Parker.Planning.Grants;
using Parker.Planning.Validation;

namespace Parker.Planning.Tests;

public sealed partial class DiagnosticsDocumentTests
{
    [Theory]
    [InlineData("BUS", typeof(GrantReasonId))]
    [InlineData("UNIT", typeof(GrantReasonId))]
    [InlineData("CONF", typeof(ConfigurationDiagnosticId))]
    [InlineData("PLAN", typeof(PlanDiagnosticId))]
    public void Document_has_each_id_of_the_catalog_and_no_other(string subject, Type catalog) => Assert.Equal(
        catalog.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Where(id => id.StartsWith(subject, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        Documented(subject));

    [Fact]
    public void Document_has_each_id_that_is_written_anywhere_and_no_other()
    {
        IEnumerable<string> written = ((string[])["src", "lab"])
            .SelectMany(area => Directory.EnumerateFiles(Path.Combine(GoldenFile.Root, area), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Where(id => !id.StartsWith("CHK", StringComparison.Ordinal))
            .Distinct();

        // Checks have a document of their own: docs/checks.md.
        Assert.Equal(written.Order(StringComparer.Ordinal), Documented().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Documented(string subject) => Documented().Where(id => id[..^3] == subject);

    private static IEnumerable<string> Documented() => Row()
        .Matches(File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "diagnostics.md")))
        .Select(row => row.Groups[1].Value + row.Groups[2].Value);

    [GeneratedRegex(@"^\| ([A-Z]+)([0-9]{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("\"([A-Z]{3,5}[0-9]{3})\"")]
    private static partial Regex Literal();
}
