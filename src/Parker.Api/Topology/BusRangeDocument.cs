using Parker.Machine;

namespace Parker.Api.Topology;

/// <summary>Buses in a row.</summary>
/// <param name="Segment">Their PCI segment.</param>
/// <param name="First">The first bus.</param>
/// <param name="Last">The last bus, itself within the range.</param>
public sealed record BusRangeDocument(uint Segment, byte First, byte Last)
{
    internal static BusRangeDocument Of(PciBusRange range) => new(range.Segment, range.First, range.Last);
}
