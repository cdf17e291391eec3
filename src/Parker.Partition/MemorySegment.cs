using Parker.Machine;

namespace Parker.Partition;

/// <summary>Bytes at one place of a memory image.</summary>
/// <param name="Address">Host-physical.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Purpose">What they are, in a few words, such as <c>ACPI tables</c>.</param>
/// <param name="Owner">Who may write there once the partition runs.</param>
public sealed record MemorySegment(PhysicalAddress Address, SegmentContent Content, string Purpose, SegmentOwner Owner)
{
    /// <summary>The addresses that it fills, host-physical.</summary>
    public PhysicalRange Range => new(Address, Content.Length);
}
