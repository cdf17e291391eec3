using System.Text.Json;
using Parker.Cli.Installation;
using Parker.Planning.Configuration;

namespace Parker.Package.Manuals;

/// <summary>The page of the configuration file, from its schema and from the example that <c>parker install</c> writes.</summary>
internal static class ConfigurationManual
{
    /// <summary>The page.</summary>
    public static string Of(DateOnly date)
    {
        using Stream stream = typeof(ConfigurationManual).Assembly.GetManifestResourceStream("configuration.schema.json")!;
        using JsonDocument schema = JsonDocument.Parse(stream);
        ManualPage page = new("parker.toml", 5, date, "which partitions a machine is to have");
        page.Section("DESCRIPTION");
        page.Paragraph($"{ParkerConfiguration.DefaultPath} says in TOML which partitions parker gives a machine. 'parker plan' shows what that changes, and 'parker apply' does it. "
            + "Keys that are not listed here are refused.");
        foreach (JsonProperty table in schema.RootElement.GetProperty("properties").EnumerateObject())
        {
            bool isArray = table.Value.TryGetProperty("items", out JsonElement items);
            page.Section(table.Name.ToUpperInvariant());
            page.Paragraph($"{(isArray ? $"[[{table.Name}]], once for each." : $"[{table.Name}], optional.")} {table.Value.GetProperty("description").GetString()}");
            JsonElement holder = isArray ? items : table.Value;
            HashSet<string> needed = holder.TryGetProperty("required", out JsonElement required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];
            foreach (JsonProperty key in holder.GetProperty("properties").EnumerateObject())
            {
                string more = needed.Contains(key.Name) ? "Required." : key.Value.TryGetProperty("default", out JsonElement value) ? $"{value.GetRawText()} where it is left out." : "Optional.";
                page.Term(key.Name + " =", Kind(key.Value), $"{key.Value.GetProperty("description").GetString()} {more}");
            }
        }

        page.Section("EXAMPLE");
        page.Verbatim(Example());
        page.SeeAlso([("parker", 1), ("parker-apply", 1), ("parker-plan", 1)]);
        return page.ToString();
    }

    // What is an example there begins with a number sign and no space.
    private static IEnumerable<string> Example() =>
        ServiceFiles.Example.Split('\n').Where(line => line.StartsWith('#') && !line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[1..]);

    private static string Kind(JsonElement value)
    {
        if (value.TryGetProperty("anyOf", out JsonElement kinds))
        {
            return string.Join("|", kinds.EnumerateArray().Select(Kind));
        }

        return value.TryGetProperty("enum", out JsonElement words)
            ? string.Join("|", words.EnumerateArray().Select(word => word.GetRawText()))
            : value.GetProperty("type").GetString() switch
            {
                "integer" => "NUMBER",
                "boolean" => "true|false",
                "array" => $"[{Kind(value.GetProperty("items"))}, ...]",
                _ => "\"TEXT\"",
            };
    }
}
