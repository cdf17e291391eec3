using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>A BAR or a bridge's window.</summary>
/// <param name="Index">The line of sysfs <c>resource</c>.</param>
/// <param name="Kind"><c>memory</c> or <c>io</c>.</param>
/// <param name="Range">Its addresses or port numbers.</param>
/// <param name="Prefetchable">Whether it is prefetchable memory.</param>
/// <param name="Is64Bit">Whether it can lie above 4 GiB.</param>
public sealed record PciResourceDocument(int Index, string Kind, RangeDocument Range, bool Prefetchable, [property: System.Text.Json.Serialization.JsonPropertyName("is_64bit")] bool Is64Bit)
{
    internal static PciResourceDocument Of(PciResource resource) =>
        new(resource.Index, resource.IsIo ? "io" : "memory", RangeDocument.Of(resource.Range), resource.IsPrefetchable, resource.Is64Bit);
}
