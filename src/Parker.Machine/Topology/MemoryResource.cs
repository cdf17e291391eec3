namespace Parker.Machine.Topology;

/// <summary>One line of <c>/proc/iomem</c>.</summary>
/// <param name="Range">Host-physical.</param>
/// <param name="Name">The resource's name, such as <c>System RAM</c> or <c>PCI Bus 0000:01</c>.</param>
/// <param name="Depth">0 for a top-level line, 1 for its children, and so on.</param>
public sealed record MemoryResource(PhysicalRange Range, string Name, int Depth);
