using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>The bus numbers of a bridge.</summary>
/// <param name="Secondary">The bus right behind it.</param>
/// <param name="Subordinate">The highest bus behind it.</param>
/// <param name="IsRootPort">Whether it is a PCI Express root port.</param>
public sealed record PciBridgeDocument(byte Secondary, byte Subordinate, bool IsRootPort)
{
    internal static PciBridgeDocument? Of(PciBridgeFacts? bridge) => bridge is null ? null : new(bridge.Secondary, bridge.Subordinate, bridge.IsRootPort);
}
