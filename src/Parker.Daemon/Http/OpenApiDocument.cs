using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Parker.Api;
using Parker.Api.Problems;

namespace Parker.Daemon.Http;

/// <summary>Writes the description of the API, OpenAPI 3.1.</summary>
internal static partial class OpenApiDocument
{
    /// <summary>The document of these routes.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ApiRoute> routes)
    {
        JsonObject paths = [];
        SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);
        foreach (IGrouping<string, ApiRoute> address in routes.GroupBy(route => route.Pattern))
        {
            JsonObject methods = [];
            foreach (ApiRoute route in address)
            {
                methods[route.Method.ToLowerInvariant()] = Operation(route, schemas);
            }

            paths[address.Key] = methods;
        }

        JsonObject document = new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Parker",
                ["version"] = "1",
                ["description"] = "Partitions of this server. HTTP/1.1 over the unix socket /run/parker/parker.sock; whoever may write to that socket is as good as root.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = new JsonObject(schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value))) },
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString(ApiJson.Of<ProblemDocument>().Options));
    }

    private static JsonObject Operation(ApiRoute route, SortedDictionary<string, JsonNode> schemas)
    {
        JsonArray parameters = [];
        foreach (Match match in PathParameter().Matches(route.Pattern))
        {
            parameters.Add((JsonNode)new JsonObject { ["name"] = match.Groups[1].Value, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        foreach (ApiParameter parameter in route.Parameters)
        {
            parameters.Add((JsonNode)new JsonObject { ["name"] = parameter.Name, ["in"] = "query", ["description"] = parameter.Description, ["schema"] = new JsonObject { ["type"] = parameter.Type } });
        }

        JsonNode answer = route.Preview is null
            ? Reference(route.Answer, schemas)
            : new JsonObject { ["oneOf"] = new JsonArray(Reference(route.Answer, schemas), Reference(route.Preview, schemas)) };
        JsonObject operation = new()
        {
            ["operationId"] = route.Id,
            ["summary"] = route.Summary,
            ["parameters"] = parameters,
            ["responses"] = new JsonObject
            {
                ["200"] = Response("Done.", route.Answer.MediaType, answer),
                ["default"] = Response("A problem, RFC 9457.", Problems.MediaType, Reference(ApiBody.Of<ProblemDocument>(), schemas)),
            },
        };
        if (route.Request is ApiBody request)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [request.MediaType] = new JsonObject { ["schema"] = Reference(request, schemas) } } };
        }

        return operation;
    }

    private static JsonObject Response(string description, string mediaType, JsonNode schema) =>
        new() { ["description"] = description, ["content"] = new JsonObject { [mediaType] = new JsonObject { ["schema"] = schema } } };

    private static JsonObject Reference(ApiBody body, SortedDictionary<string, JsonNode> schemas)
    {
        if (body.Schema is null)
        {
            return new JsonObject { ["type"] = "string" };
        }

        if (!schemas.ContainsKey(body.Name))
        {
            JsonNode schema = body.Schema();
            Move(schema, $"#/components/schemas/{body.Name}");
            schemas.Add(body.Name, schema);
        }

        return new JsonObject { ["$ref"] = string.Create(CultureInfo.InvariantCulture, $"#/components/schemas/{body.Name}") };
    }

    // A type that a schema has twice refers to its first place, as seen from that schema; it lies within this document now.
    private static void Move(JsonNode? node, string place)
    {
        switch (node)
        {
            case JsonObject members:
                foreach ((string name, JsonNode? member) in members.ToArray())
                {
                    if (name == "$ref" && member is JsonValue reference && reference.TryGetValue(out string? target) && target.StartsWith('#'))
                    {
                        members[name] = place + target[1..];
                    }
                    else
                    {
                        Move(member, place);
                    }
                }

                break;
            case JsonArray items:
                foreach (JsonNode? item in items)
                {
                    Move(item, place);
                }

                break;
        }
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
