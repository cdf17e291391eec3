using System.Globalization;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Preflight;

/// <summary>The pools of memory.</summary>
internal static class MemoryChecks
{
    private const string SystemRam = LowMemory.SystemRam;
    private const string Escaping = "(in GRUB's files the $ must be escaped)";
    private const int MaxRegionsWithKaslr = 4;

    // Kernel at 16 MiB with init_size near 64 MiB, and a small initrd.
    private static readonly ByteSize SmallestUseful = ByteSize.FromMebibytes(128);

    public static CheckLine Pool(MachineTopology machine)
    {
        string fix = $"Boot with {SuggestPool(machine)} {Escaping}, or as much as partitions shall have.";
        if (Unreadable(machine) is string why)
        {
            return new(CheckCatalog.MemoryPool, CheckStatus.Unknown, why, "Run as root.");
        }

        PhysicalRangeSet usable = machine.Memory.Pool.Align(PartitionLayout.RangeAlignment);
        if (usable.IsEmpty)
        {
            string? odd = machine.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Id is "TOPO031" or "TOPO033" or "TOPO034")?.Message;
            return new(
                CheckCatalog.MemoryPool,
                CheckStatus.Missing,
                odd ?? (machine.Memory.Pool.IsEmpty ? "/proc/cmdline: no memmap=SIZE$ADDRESS at or above 1 MiB" : $"the pool {machine.Memory.Pool} has no whole 2 MiB"),
                fix);
        }

        string evidence = $"{usable.TotalLength.ToDisplayString()} in {string.Join(", ", machine.Nodes.Select(node => (node, Part: usable.Intersect(node.Memory).TotalLength)).Where(part => part.Part > ByteSize.Zero).Select(part => $"node {part.node.Number}: {part.Part.ToDisplayString()}").DefaultIfEmpty("no known node"))}; ranges {usable}";
        return usable.Max(range => range.Length) < SmallestUseful
            ? new(CheckCatalog.MemoryPool, CheckStatus.Warn, $"{evidence}; no range has the {SmallestUseful.ToDisplayString()} that a distribution's kernel takes to start", fix)
            : new(CheckCatalog.MemoryPool, CheckStatus.Ok, evidence, "");
    }

    public static CheckLine LowSlots(MachineTopology machine)
    {
        string fix = $"Boot with {SuggestLow(machine)} {Escaping}: one 64 KiB slot for each partition.";
        if (Unreadable(machine) is string why)
        {
            return new(CheckCatalog.LowSlots, CheckStatus.Unknown, why, "Run as root.");
        }

        PhysicalRangeSet low = LowMemory.SlotRegions(machine.Memory);
        int slots = LowMemory.Slots(machine.Memory).Count();
        if (slots == 0)
        {
            return new(CheckCatalog.LowSlots, CheckStatus.Missing, low.IsEmpty ? "/proc/cmdline: no memmap=SIZE$ADDRESS below 640 KiB" : $"{low} holds no whole 64 KiB slot", fix);
        }

        string evidence = string.Create(CultureInfo.InvariantCulture, $"{slots} {(slots == 1 ? "slot" : "slots")} of 64 KiB in {low}");
        return low.Count == 1
            ? new(CheckCatalog.LowSlots, CheckStatus.Ok, evidence, "")
            : new(CheckCatalog.LowSlots, CheckStatus.Warn, evidence + ", which is not one region", fix);
    }

    public static CheckLine MemmapRegions(MachineTopology machine)
    {
        if (machine.WhyUnread("/proc/cmdline") is string why)
        {
            return new(CheckCatalog.MemmapRegions, CheckStatus.Unknown, why, "");
        }

        // arch/x86/boot/compressed/kaslr.c, mem_avoid_memmap: every region with an address counts.
        int regions = machine.Kernel.CommandLine.All("memmap").SelectMany(value => value.Split(',')).Count(part => part.AsSpan().IndexOfAny("@#$!%") > 0);
        string evidence = string.Create(CultureInfo.InvariantCulture, $"/proc/cmdline: {regions} memmap regions");
        return regions <= MaxRegionsWithKaslr
            ? new(CheckCatalog.MemmapRegions, CheckStatus.Ok, evidence, "")
            : machine.Kernel.CommandLine.Has("nokaslr")
                ? new(CheckCatalog.MemmapRegions, CheckStatus.Ok, evidence + ", and nokaslr", "")
                : new(CheckCatalog.MemmapRegions, CheckStatus.Warn, $"{evidence}; with more than {MaxRegionsWithKaslr} the Boot Kernel switches its own physical KASLR off", "Join them into four regions or fewer.");
    }

    public static CheckLine Movable(KernelFacts kernel)
    {
        string? state = kernel.CommandLine.Last("memhp_default_state");
        return new(
            CheckCatalog.MovableMemory,
            CheckStatus.Ok,
            state is null ? "not needed: the pool is reserved when the machine boots (memhp_default_state=online_movable is for memory that comes and goes)" : $"/proc/cmdline: memhp_default_state={state}",
            "");
    }

    // Without the command line and the addresses of /proc/iomem, nothing proves that the Boot Kernel keeps out.
    private static string? Unreadable(MachineTopology machine)
    {
        string? why = machine.WhyUnread("/proc/cmdline");
        bool asked = machine.Kernel.CommandLine.All("memmap").Any(value => value.Contains('$', StringComparison.Ordinal));
        return why is not null || !asked
            ? why
            : machine.Memory.Resources.Count == 0
                ? machine.WhyUnread("/proc/iomem") ?? "/proc/iomem shows no addresses"
                : machine.Memory.Firmware.Any(range => range.Type == SystemRam) ? null : "/sys/firmware/memmap: the firmware's memory map is not known";
    }

    // The upper half of the largest range of RAM, where it takes least from what the kernel needs low.
    private static string SuggestPool(MachineTopology machine)
    {
        PhysicalRange[] ram = [.. machine.Memory.Firmware.Where(range => range.Type == SystemRam && range.Range.Start >= PhysicalAddress.OneMebibyte).Select(range => range.Range)];
        if (ram.Length == 0)
        {
            return "memmap=SIZE$ADDRESS";
        }

        PhysicalRange largest = ram.MaxBy(range => range.Length);
        ByteSize unit = largest.Length >= ByteSize.FromGibibytes(4) ? ByteSize.FromGibibytes(1) : PartitionLayout.RangeAlignment;
        PhysicalRange half = PhysicalRange.FromBounds(largest.Start + new ByteSize(largest.Length.Bytes / 2), largest.End).AlignInward(unit);
        return half.IsEmpty ? "memmap=SIZE$ADDRESS" : $"memmap={half.Length.ToKernelParameter()}${half.Start}";
    }

    private static string SuggestLow(MachineTopology machine)
    {
        if (LowMemory.Ram(machine.Memory).IsEmpty)
        {
            return "memmap=512K$0x10000";
        }

        return LowMemory.RoomForSlots(machine.Memory) is PhysicalRange room ? $"memmap={room.Length.ToKernelParameter()}${room.Start}" : "memmap=<n x 64K>$ADDRESS";
    }
}
