using Parker.Machine;

namespace Parker.Inspect.Addressing;

/// <summary>A run of virtual addresses that lies in one piece in physical memory.</summary>
/// <param name="Start">Its first virtual address.</param>
/// <param name="Range">Where it lies.</param>
public readonly record struct MappedPage(VirtualAddress Start, PhysicalRange Range)
{
    /// <summary>Whether the address lies in it.</summary>
    public bool Contains(VirtualAddress address) => unchecked(address.Value - Start.Value) < Range.Length.Bytes;

    /// <summary>Where an address that lies in it is.</summary>
    public PhysicalAddress PhysicalOf(VirtualAddress address) => Range.Start + new ByteSize(address.Value - Start.Value);

    /// <summary>How many bytes there are from an address that lies in it to its end.</summary>
    public ulong BytesFrom(VirtualAddress address) => Range.Length.Bytes - (address.Value - Start.Value);
}
