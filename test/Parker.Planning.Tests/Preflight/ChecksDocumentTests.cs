using System.Text.RegularExpressions;
using Parker.Goldens;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed partial class ChecksDocumentTests
{
    [Fact]
    public void Document_and_catalog_have_the_same_ids_subjects_and_requirements()
    {
        string[] rows = [.. Row().Matches(Document("checks.md")).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value.Trim()} {row.Groups[3].Value.Trim()}".Trim())];

        Assert.Equal(CheckCatalog.All.Select(check => $"{check.Id} {check.Subject} {(check.IsRequired ? "yes" : "")}".Trim()), rows);
    }

    [Fact]
    public void Document_names_each_parameter_that_the_facts_ask_for() =>
        Assert.All(
            ["memmap=", "no_ipi_broadcast=1", "intremap=off", "iomem=relaxed", "lockdown", "memhp_default_state", "tsc_early_khz=", "msr.allow_writes=on"],
            parameter => Assert.Contains(parameter, Document("checks.md"), StringComparison.Ordinal));

    private static string Document(string name) => File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", name));

    [GeneratedRegex(@"^\| (CHK[0-9]{3}) \|([^|]*)\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
