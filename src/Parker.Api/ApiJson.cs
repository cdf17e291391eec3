using System.Text.Json;
using Parker.Api.Topology;

namespace Parker.Api;

/// <summary>Writes documents as JSON: UTF-8, indented, fields in the order of docs/json.md.</summary>
public static class ApiJson
{
    /// <summary>Writes a topology, with a line feed at the end.</summary>
    public static string ToJson(TopologyDocument document) => JsonSerializer.Serialize(document, ApiJsonContext.Default.TopologyDocument) + "\n";

    /// <summary>The name in JSON of a value of an enumeration: <c>intel_vtd</c> for <c>IntelVtd</c>; the number where the value has no name.</summary>
    internal static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
