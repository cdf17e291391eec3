using Parker.Machine;

namespace Parker.Partition;

/// <summary>Memory addresses that a bridge passes on to the buses behind it.</summary>
/// <param name="Range">Host-physical; also the bus addresses of the BARs in it.</param>
/// <param name="IsPrefetchable">Whether it is the bridge's prefetchable window, which may lie above 4 GiB.</param>
public sealed record PciWindow(PhysicalRange Range, bool IsPrefetchable);
