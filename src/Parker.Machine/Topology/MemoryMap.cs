namespace Parker.Machine.Topology;

/// <summary>Physical memory: who uses which addresses.</summary>
public sealed record MemoryMap
{
    /// <summary>The lines of <c>/proc/iomem</c> in order; all addresses are 0 for a reader without CAP_SYS_ADMIN, then the list is empty.</summary>
    public required IReadOnlyList<MemoryResource> Resources { get; init; }

    /// <summary>The firmware's map as the kernel got it, before <c>memmap=</c> changed it: <c>/sys/firmware/memmap</c>, by address.</summary>
    public required IReadOnlyList<FirmwareMemoryRange> Firmware { get; init; }

    /// <summary>What the Boot Kernel uses as RAM.</summary>
    public required PhysicalRangeSet SystemRam { get; init; }

    /// <summary>The memory pool: RAM of the firmware's map at or above 1 MiB that <c>memmap=SIZE$ADDR</c> keeps the Boot Kernel out of.</summary>
    public required PhysicalRangeSet Pool { get; init; }

    /// <summary>The same below 1 MiB: room for low slots.</summary>
    public required PhysicalRangeSet LowPool { get; init; }
}
