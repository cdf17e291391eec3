using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning;

/// <summary>The low slots of a machine.</summary>
public static class LowMemory
{
    /// <summary>The firmware's name for memory that kernels may use.</summary>
    internal const string SystemRam = "System RAM";

    private static readonly ByteSize BootKernelRoom = ByteSize.FromKibibytes(56);

    /// <summary>The low pool as far as slots can lie in it: whole pages between 64 KiB and 640 KiB.</summary>
    public static PhysicalRangeSet SlotRegions(MemoryMap memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.LowPool.Intersect(PhysicalRange.FromBounds(LowSlotLayout.First, LowSlotLayout.Limit)).Align(ByteSize.Page);
    }

    /// <summary>The largest region that slots can be kept in when the Boot Kernel is started; null where there is none, or the firmware's map is not known.</summary>
    // The Boot Kernel needs room for its own trampolines below 640 KiB, and cannot take it from the first 64 KiB: without it, it does not start at all.
    internal static PhysicalRange? RoomForSlots(MemoryMap memory)
    {
        PhysicalRangeSet ram = Ram(memory);
        if (ram.IsEmpty || ram[^1].Length <= BootKernelRoom)
        {
            return null;
        }

        PhysicalRange left = PhysicalRange.FromBounds(ram[^1].Start, ram[^1].End - BootKernelRoom).AlignInward(LowSlotLayout.Size);
        return left.IsEmpty ? null : left;
    }

    /// <summary>What the firmware calls RAM where slots can lie.</summary>
    internal static PhysicalRangeSet Ram(MemoryMap memory) => PhysicalRangeSet.Of(memory.Firmware.Where(range => range.Type == SystemRam).Select(range => range.Range))
        .Intersect(PhysicalRange.FromBounds(LowSlotLayout.First, LowSlotLayout.Limit));

    /// <summary>Where slots start, ascending: each region is cut into slots from its start.</summary>
    public static IEnumerable<PhysicalAddress> Slots(MemoryMap memory) =>
        SlotRegions(memory).SelectMany(region => Enumerable.Range(0, (int)(region.Length / LowSlotLayout.Size)).Select(index => region.Start + (LowSlotLayout.Size * (ulong)index)));
}
