using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Cli.Topologies;

/// <summary>A range of addresses with its user.</summary>
/// <param name="Range">Host-physical; not empty.</param>
/// <param name="User">Who uses it.</param>
/// <param name="Type">The kernel's name for the firmware's type; empty where the user is none of the firmware's.</param>
internal sealed record MemoryUse(PhysicalRange Range, MemoryUser User, string Type = "")
{
    private const string FirmwareRam = "System RAM";

    /// <summary>All ranges of a machine, by address. Where the firmware's map disagrees with the kernel's, ranges overlap.</summary>
    public static IReadOnlyList<MemoryUse> AllOf(MemoryMap memory)
    {
        PhysicalRangeSet pool = memory.Pool.Union(memory.LowPool);
        PhysicalRangeSet ram = PhysicalRangeSet.Of(memory.Firmware.Where(range => range.Type == FirmwareRam).Select(range => range.Range));
        MemoryUser others = memory.SystemRam.IsEmpty ? MemoryUser.Unknown : MemoryUser.Nobody;
        return
        [
            .. memory.SystemRam.Select(range => new MemoryUse(range, MemoryUser.BootKernel))
                .Concat(memory.Pool.Select(range => new MemoryUse(range, MemoryUser.Pool)))
                .Concat(memory.LowPool.Select(range => new MemoryUse(range, MemoryUser.LowSlots)))
                .Concat(ram.Subtract(memory.SystemRam).Subtract(pool).Select(range => new MemoryUse(range, others)))
                .Concat(memory.Firmware.Where(range => range.Type != FirmwareRam && !range.Range.IsEmpty).Select(range => new MemoryUse(range.Range, MemoryUser.Firmware, range.Type)))
                .OrderBy(use => use.Range),
        ];
    }
}
