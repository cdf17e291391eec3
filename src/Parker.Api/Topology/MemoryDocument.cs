using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>Physical memory: who uses which addresses.</summary>
public sealed record MemoryDocument
{
    /// <summary>What the Boot Kernel uses as RAM; empty where it may not be seen.</summary>
    public required IReadOnlyList<RangeDocument> SystemRam { get; init; }

    /// <summary>The memory pool, at or above 1 MiB.</summary>
    public required IReadOnlyList<RangeDocument> Pool { get; init; }

    /// <summary>The pool below 1 MiB: room for low slots.</summary>
    public required IReadOnlyList<RangeDocument> LowPool { get; init; }

    /// <summary>The firmware's memory map, as the kernel got it.</summary>
    public required IReadOnlyList<FirmwareMemoryDocument> Firmware { get; init; }

    /// <summary>The lines of <c>/proc/iomem</c> in order; empty where they may not be seen.</summary>
    public required IReadOnlyList<MemoryResourceDocument> Resources { get; init; }

    internal static MemoryDocument Of(MemoryMap memory) => new()
    {
        SystemRam = RangeDocument.Of(memory.SystemRam),
        Pool = RangeDocument.Of(memory.Pool),
        LowPool = RangeDocument.Of(memory.LowPool),
        Firmware = [.. memory.Firmware.Where(range => !range.Range.IsEmpty).Select(FirmwareMemoryDocument.Of)],
        Resources = [.. memory.Resources.Where(resource => !resource.Range.IsEmpty).Select(MemoryResourceDocument.Of)],
    };
}
