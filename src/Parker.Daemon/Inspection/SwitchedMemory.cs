using Parker.Machine;

namespace Parker.Daemon.Inspection;

/// <summary>Memory that is mapped only while somebody looks: what was found in it is remembered, the mapping is not.</summary>
internal sealed class SwitchedMemory : IPhysicalMemory
{
    /// <inheritdoc/>
    public PhysicalRangeSet Ranges { get; set; } = PhysicalRangeSet.Empty;

    /// <summary>The mapping; null while nobody looks.</summary>
    public IPhysicalMemory? Mapping { get; set; }

    /// <inheritdoc/>
    public bool TryRead(PhysicalAddress address, Span<byte> destination) => Mapping?.TryRead(address, destination) ?? false;
}
