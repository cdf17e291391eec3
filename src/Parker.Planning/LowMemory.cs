using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning;

/// <summary>The low slots of a machine.</summary>
public static class LowMemory
{
    /// <summary>The low pool as far as slots can lie in it: whole pages between 64 KiB and 640 KiB.</summary>
    public static PhysicalRangeSet SlotRegions(MemoryMap memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.LowPool.Intersect(PhysicalRange.FromBounds(LowSlotLayout.First, LowSlotLayout.Limit)).Align(ByteSize.Page);
    }

    /// <summary>Where slots start, ascending: each region is cut into slots from its start.</summary>
    public static IEnumerable<PhysicalAddress> Slots(MemoryMap memory) =>
        SlotRegions(memory).SelectMany(region => Enumerable.Range(0, (int)(region.Length / LowSlotLayout.Size)).Select(index => region.Start + (LowSlotLayout.Size * (ulong)index)));
}
