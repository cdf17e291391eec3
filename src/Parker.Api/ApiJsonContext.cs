using System.Text.Json.Serialization;
using Parker.Api.Check;
using Parker.Api.Events;
using Parker.Api.Images;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Api.Plans;
using Parker.Api.Problems;
using Parker.Api.Topology;

namespace Parker.Api;

/// <summary>The serializers of the documents, generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(ImageReportDocument))]
[JsonSerializable(typeof(LogDocument))]
[JsonSerializable(typeof(ThreadListDocument))]
[JsonSerializable(typeof(UsageDocument))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(DumpRequest))]
[JsonSerializable(typeof(DumpDocument))]
[JsonSerializable(typeof(PartitionDocument))]
[JsonSerializable(typeof(PartitionListDocument))]
[JsonSerializable(typeof(PartitionRequest))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(StartDocument))]
[JsonSerializable(typeof(NmiDocument))]
[JsonSerializable(typeof(SetRequest))]
[JsonSerializable(typeof(SetDocument))]
[JsonSerializable(typeof(PreviewDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(PlanRequest))]
[JsonSerializable(typeof(ApplyRequest))]
[JsonSerializable(typeof(ApplyDocument))]
[JsonSerializable(typeof(TopologyDocument))]
[JsonSerializable(typeof(CheckDocument))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
