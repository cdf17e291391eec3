using System.Text.Json;

namespace Parker.Daemon.Tests.Http;

/// <summary>Checks a document against the part of JSON Schema that the API's description uses; other words fail the test.</summary>
internal sealed class JsonSchemaCheck(JsonElement components)
{
    private static readonly HashSet<string> Known = ["type", "properties", "required", "items", "$ref", "oneOf", "default", "additionalProperties", "description", "enum", "format", "pattern"];

    /// <summary>What is wrong; empty where it fits.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value, string place = "$")
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return [];
        }

        Assert.All(schema.EnumerateObject(), word => Assert.Contains(word.Name, Known));
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            const string prefix = "#/components/schemas/";
            Assert.StartsWith(prefix, reference.GetString(), StringComparison.Ordinal);
            return Check(reference.GetString()![prefix.Length..].Split('/').Aggregate(components, (at, name) => at.GetProperty(name)), value, place);
        }

        if (schema.TryGetProperty("oneOf", out JsonElement choices))
        {
            IReadOnlyList<string>[] results = [.. choices.EnumerateArray().Select(choice => Check(choice, value, place))];
            return results.Count(problems => problems.Count == 0) == 1 ? [] : [.. results.SelectMany(problems => problems)];
        }

        List<string> wrong = [];
        if (schema.TryGetProperty("type", out JsonElement type))
        {
            string[] types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(one => one.GetString()!)] : [type.GetString()!];
            if (!types.Any(one => Fits(one, value)))
            {
                wrong.Add($"{place} is {value.ValueKind}, not {string.Join(" or ", types)}");
                return wrong;
            }
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties))
        {
            wrong.AddRange(schema.TryGetProperty("required", out JsonElement required)
                ? required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{place} has no {name}")
                : []);
            foreach (JsonProperty property in value.EnumerateObject())
            {
                wrong.AddRange(properties.TryGetProperty(property.Name, out JsonElement inner)
                    ? Check(inner, property.Value, $"{place}.{property.Name}")
                    : [$"{place} has {property.Name}, which is not described"]);
            }
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out JsonElement items))
        {
            wrong.AddRange(value.EnumerateArray().SelectMany((item, index) => Check(items, item, $"{place}[{index}]")));
        }

        return wrong;
    }

    private static bool Fits(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _) || value.TryGetUInt64(out _),
        _ => false,
    };
}
