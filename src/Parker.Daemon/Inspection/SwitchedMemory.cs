using Parker.Machine;

namespace Parker.Daemon.Inspection;

/// <summary>Memory that is mapped only while somebody looks: what was found in it is remembered, the mapping is not.</summary>
/// <param name="ranges">Its ranges.</param>
internal sealed class SwitchedMemory(PhysicalRangeSet ranges) : IPhysicalMemory
{
    /// <inheritdoc/>
    public PhysicalRangeSet Ranges => ranges;

    /// <summary>The mapping; null while nobody looks.</summary>
    public IPhysicalMemory? Mapping { get; set; }

    /// <inheritdoc/>
    public bool TryRead(PhysicalAddress address, Span<byte> destination) => Mapping?.TryRead(address, destination) ?? false;
}
