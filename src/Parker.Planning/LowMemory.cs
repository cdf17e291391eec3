using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning;

/// <summary>The low slots of a machine.</summary>
public static class LowMemory
{
    /// <summary>The first 64 KiB: every Linux kernel reserves them for the firmware's sake, so that a slot there would have no usable memory.</summary>
    /// <remarks>arch/x86/kernel/setup.c, <c>early_reserve_memory</c>: <c>memblock_reserve(0, SZ_64K)</c>.</remarks>
    public static PhysicalAddress Start => new(64 * 1024);

    /// <summary>The low pool as far as slots can lie in it: whole pages between <see cref="Start"/> and 640 KiB.</summary>
    public static PhysicalRangeSet SlotRegions(MemoryMap memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.LowPool.Intersect(PhysicalRange.FromBounds(Start, LowSlotLayout.Limit)).Align(ByteSize.Page);
    }

    /// <summary>Where slots start, ascending: each region is cut into slots from its start.</summary>
    public static IEnumerable<PhysicalAddress> Slots(MemoryMap memory) =>
        SlotRegions(memory).SelectMany(region => Enumerable.Range(0, (int)(region.Length / LowSlotLayout.Size)).Select(index => region.Start + (LowSlotLayout.Size * (ulong)index)));
}
