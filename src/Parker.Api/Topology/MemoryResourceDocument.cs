using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One line of <c>/proc/iomem</c>.</summary>
/// <param name="Range">Its addresses.</param>
/// <param name="Name">The resource's name.</param>
/// <param name="Depth">0 for a top-level line, 1 for its children, and so on.</param>
public sealed record MemoryResourceDocument(RangeDocument Range, string Name, int Depth)
{
    internal static MemoryResourceDocument Of(MemoryResource resource) => new(RangeDocument.Of(resource.Range), resource.Name, resource.Depth);
}
