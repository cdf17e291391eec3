using Parker.Machine;

namespace Parker.Partition;

/// <summary>Every byte that lies in a partition's memory and low slot when its first CPU gets its SIPI; all else is zero.</summary>
public sealed record MemoryImage
{
    /// <summary>The segments, ascending by address, disjoint.</summary>
    public required IReadOnlyList<MemorySegment> Segments { get; init; }

    /// <summary>The page number that the SIPI carries: the start stub's address divided by 4096.</summary>
    public required byte StartVector { get; init; }

    /// <summary>The page number of the park stub.</summary>
    public required byte ParkVector { get; init; }

    /// <summary>The kernel's 64-bit entry point, host-physical.</summary>
    public required PhysicalAddress Entry { get; init; }

    /// <summary>Where the header page is, host-physical.</summary>
    public required PhysicalAddress HeaderPage { get; init; }

    /// <summary>The bytes of all segments.</summary>
    public ByteSize TotalLength => new(Segments.Aggregate(0UL, (sum, segment) => sum + segment.Content.Length.Bytes));
}
