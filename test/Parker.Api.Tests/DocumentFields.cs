using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parker.Goldens;

namespace Parker.Api.Tests;

/// <summary>The names of a document's fields, and whether docs/json.md has them.</summary>
internal static class DocumentFields
{
    /// <summary>The names in JSON of all fields of a document and of the documents within it.</summary>
    public static IReadOnlySet<string> Of(Type document)
    {
        HashSet<string> names = [];
        Add(document, names, []);
        return names;
    }

    /// <summary>That each name stands in the section with that heading, or in the rules for all documents.</summary>
    public static void AssertDocumented(IEnumerable<string> names, string heading)
    {
        string[] sections = File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "json.md")).Split("\n## ");
        string text = sections[0] + Assert.Single(sections, section => section.Split('\n')[0].Contains($"`{heading}`", StringComparison.Ordinal));
        Assert.All(names, name => Assert.Matches($"[`.\"]{name}[`\"]", text));
    }

    private static void Add(Type document, HashSet<string> names, HashSet<Type> seen)
    {
        if (!seen.Add(document))
        {
            return;
        }

        foreach (PropertyInfo property in document.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            names.Add(property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            Type type = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
                ? property.PropertyType.GetGenericArguments()[0]
                : property.PropertyType;
            if (type.Assembly == typeof(ApiJson).Assembly)
            {
                Add(type, names, seen);
            }
        }
    }
}
