using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parker.Api.Check;
using Parker.Api.Events;
using Parker.Api.Images;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Api.Plans;
using Parker.Api.Topology;

namespace Parker.Api;

/// <summary>Reads documents, and writes them as JSON: UTF-8, indented, fields in the order of docs/json.md.</summary>
public static class ApiJson
{
    // The default encoder also escapes quotes and angle brackets for use within HTML, which this JSON never is.
    private static readonly ApiJsonContext Context =
        new(new JsonSerializerOptions(ApiJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly ApiJsonContext Lines = new(new JsonSerializerOptions(Context.Options) { WriteIndented = false });

    /// <summary>Writes an event in one line, without its end.</summary>
    public static string ToLine(EventDocument document) => JsonSerializer.Serialize(document, Lines.EventDocument);

    /// <summary>Writes an image, with a line feed at the end.</summary>
    public static string ToJson(ImageReportDocument document) => JsonSerializer.Serialize(document, Context.ImageReportDocument) + "\n";

    /// <summary>Writes a partition, with a line feed at the end.</summary>
    public static string ToJson(PartitionDocument document) => JsonSerializer.Serialize(document, Context.PartitionDocument) + "\n";

    /// <summary>Writes the list of partitions, with a line feed at the end.</summary>
    public static string ToJson(PartitionListDocument document) => JsonSerializer.Serialize(document, Context.PartitionListDocument) + "\n";

    /// <summary>Writes the report of a start, with a line feed at the end.</summary>
    public static string ToJson(StartDocument document) => JsonSerializer.Serialize(document, Context.StartDocument) + "\n";

    /// <summary>Writes an NMI that was sent.</summary>
    public static string ToJson(NmiDocument document) => JsonSerializer.Serialize(document, Context.NmiDocument) + "\n";

    /// <summary>Writes what a change of CPUs did.</summary>
    public static string ToJson(SetDocument document) => JsonSerializer.Serialize(document, Context.SetDocument) + "\n";

    /// <summary>Writes what an operation would do, with a line feed at the end.</summary>
    public static string ToJson(PreviewDocument document) => JsonSerializer.Serialize(document, Context.PreviewDocument) + "\n";

    /// <summary>Writes a plan, with a line feed at the end.</summary>
    public static string ToJson(PlanDocument document) => JsonSerializer.Serialize(document, Context.PlanDocument) + "\n";

    /// <summary>Writes what was applied, with a line feed at the end.</summary>
    public static string ToJson(ApplyDocument document) => JsonSerializer.Serialize(document, Context.ApplyDocument) + "\n";

    /// <summary>Writes a topology, with a line feed at the end.</summary>
    public static string ToJson(TopologyDocument document) => JsonSerializer.Serialize(document, Context.TopologyDocument) + "\n";

    /// <summary>Writes what a check found, with a line feed at the end.</summary>
    public static string ToJson(CheckDocument document) => JsonSerializer.Serialize(document, Context.CheckDocument) + "\n";

    /// <summary>Writes a log, with a line feed at the end.</summary>
    public static string ToJson(LogDocument document) => JsonSerializer.Serialize(document, Context.LogDocument) + "\n";

    /// <summary>Writes a list of threads, with a line feed at the end.</summary>
    public static string ToJson(ThreadListDocument document) => JsonSerializer.Serialize(document, Context.ThreadListDocument) + "\n";

    /// <summary>Writes how busy a kernel is, with a line feed at the end.</summary>
    public static string ToJson(UsageDocument document) => JsonSerializer.Serialize(document, Context.UsageDocument) + "\n";

    /// <summary>Writes what is told of a dump, with a line feed at the end.</summary>
    public static string ToJson(DumpDocument document) => JsonSerializer.Serialize(document, Context.DumpDocument) + "\n";

    /// <summary>The reader and writer of documents of one kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Context.GetTypeInfo(typeof(T))!;

    /// <summary>The name in JSON of a value of an enumeration: <c>intel_vtd</c> for <c>IntelVtd</c>; the number where the value has no name.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
