namespace Parker.Machine.Topology;

/// <summary>One bus.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="Number">Its number.</param>
/// <param name="Bridge">The bridge above; null for a root bus.</param>
/// <param name="Subordinate">The highest bus number behind it, from the bridge; its own number for a root bus.</param>
/// <param name="Functions">The functions on it.</param>
public sealed record PciBus(uint Segment, byte Number, PciAddress? Bridge, byte Subordinate, IReadOnlyList<PciAddress> Functions);
