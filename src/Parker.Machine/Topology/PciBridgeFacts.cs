namespace Parker.Machine.Topology;

/// <summary>The bus numbers of a bridge.</summary>
/// <param name="Secondary">The bus right behind it.</param>
/// <param name="Subordinate">The highest bus behind it.</param>
/// <param name="IsRootPort">Whether it is a PCI Express root port (device/port type 4).</param>
public sealed record PciBridgeFacts(byte Secondary, byte Subordinate, bool IsRootPort);
