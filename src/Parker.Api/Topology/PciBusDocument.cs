using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One PCI bus.</summary>
/// <param name="Segment">Its segment.</param>
/// <param name="Bus">Its number.</param>
/// <param name="Bridge">The bridge above; null for a root bus.</param>
/// <param name="Subordinate">The highest bus behind it.</param>
/// <param name="Functions">The functions on it.</param>
public sealed record PciBusDocument(uint Segment, byte Bus, string? Bridge, byte Subordinate, IReadOnlyList<string> Functions)
{
    internal static PciBusDocument Of(PciBus bus) =>
        new(bus.Segment, bus.Number, bus.Bridge?.ToString(), bus.Subordinate, [.. bus.Functions.Select(function => function.ToString())]);
}
