using System.Reflection;
using Parker.Planning.Grants;

namespace Parker.Planning.Tests.Grants;

public sealed class GrantReasonDocumentTests
{
    [Fact]
    public void Document_has_each_reason_and_no_other()
    {
        string root = typeof(GrantReasonDocumentTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "ParkerRoot").Value!;
        IEnumerable<string> documented = File.ReadLines(Path.Combine(root, "docs", "diagnostics.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length > 2 && (cells[1].StartsWith("BUS", StringComparison.Ordinal) || cells[1].StartsWith("UNIT", StringComparison.Ordinal)))
            .Select(cells => cells[1]);
        IEnumerable<string> ids = typeof(GrantReasonId).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(ids.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }
}
