namespace Parker.Machine.Topology;

/// <summary>A BAR or a bridge window.</summary>
/// <param name="Index">The line of sysfs <c>resource</c>: 0 to 5 BARs, 6 ROM, 13 and up (7 and up without SR-IOV) bridge windows.</param>
/// <param name="Range">Host-physical for memory; port numbers for I/O.</param>
/// <param name="IsIo">I/O ports rather than memory.</param>
/// <param name="IsPrefetchable">Prefetchable memory.</param>
/// <param name="Is64Bit">A 64-bit BAR or window.</param>
public sealed record PciResource(int Index, PhysicalRange Range, bool IsIo, bool IsPrefetchable, bool Is64Bit);
