using Parker.Machine;

namespace Parker.Api.Topology;

/// <summary>A range of addresses that is not empty.</summary>
/// <param name="First">The first address.</param>
/// <param name="Last">The last address, itself within the range.</param>
/// <param name="SizeBytes">The number of bytes.</param>
public sealed record RangeDocument(string First, string Last, ulong SizeBytes)
{
    /// <summary>The document of a range.</summary>
    public static RangeDocument Of(PhysicalRange range) => new(range.Start.ToString(), range.Last.ToString(), range.Length.Bytes);

    /// <summary>The documents of a set's ranges, by address.</summary>
    public static IReadOnlyList<RangeDocument> Of(PhysicalRangeSet ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        return [.. ranges.Select(Of)];
    }
}
