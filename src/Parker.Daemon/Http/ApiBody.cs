using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Parker.Api;

namespace Parker.Daemon.Http;

/// <summary>A kind of body.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Name">The name of its schema.</param>
/// <param name="Schema">Its JSON Schema; null where it is no JSON of a stated form.</param>
internal sealed record ApiBody(string MediaType, string Name, Func<JsonNode>? Schema)
{
    /// <summary>A document of Parker.Api.</summary>
    public static ApiBody Of<T>() => new("application/json", typeof(T).Name, () => ApiJson.Of<T>().GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }));

    /// <summary>Server-sent events.</summary>
    public static ApiBody Events() => new("text/event-stream", "Events", null);

    /// <summary>The text format of Prometheus.</summary>
    public static ApiBody Metrics() => new("text/plain; version=0.0.4; charset=utf-8", "Metrics", null);

    /// <summary>JSON whose form may change with each version.</summary>
    public static ApiBody Internal(string name) => new("application/json", name, () => new JsonObject { ["type"] = "object" });
}
