using System.Text.Json.Serialization;
using Parker.Api.Topology;

namespace Parker.Api;

/// <summary>The serializers, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(TopologyDocument))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
