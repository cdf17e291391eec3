namespace Parker.Machine.Topology;

/// <summary>The state of a PCI Express link, from the Link Status register.</summary>
/// <param name="Generation">The speed's number: 1 for 2.5 GT/s, 2 for 5, 3 for 8, 4 for 16, 5 for 32, 6 for 64.</param>
/// <param name="Width">The number of lanes in use.</param>
public sealed record PcieLink(int Generation, int Width);
