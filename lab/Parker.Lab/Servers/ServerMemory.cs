using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Lab.Servers;

/// <summary>Where the memory of QEMU's q35 machine lies, and which of it is the pool.</summary>
/// <remarks>
/// hw/i386/pc_q35.c: from 2816 MiB (0xb0000000) on, memory is split: 2 GiB below 4 GiB, the rest above. The firmware keeps the last 128 KiB below for its tables. Nodes
/// follow each other in that order (hw/i386/acpi-build.c, SRAT).
/// <code>
/// 0x00000000  the Boot Kernel's first page and, up to 0x10000, what it likes
/// 0x00010000  low slots, 64 KiB each, at most 8
/// 0x00090000  the Boot Kernel's own trampoline finds room here, up to 0x9fc00
/// 0x00100000  memory
/// </code>
/// </remarks>
internal static class ServerMemory
{
    public const int MaxLowSlots = 8;

    public static readonly PhysicalAddress LowSlots = new(0x10000);
    public static readonly ByteSize LowSlot = ByteSize.FromKibibytes(64);
    public static readonly ByteSize Granule = ByteSize.FromMebibytes(2);
    public static readonly ByteSize LeastBootMemory = ByteSize.FromMebibytes(768);

    // Above, AMD's HyperTransport hole moves memory (hw/i386/pc.c).
    public static readonly ByteSize Most = ByteSize.FromGibibytes(512);

    private static readonly ByteSize SplitFrom = new(0xb0000000);
    private static readonly ByteSize BelowWhenSplit = ByteSize.FromGibibytes(2);
    private static readonly ByteSize FirmwareTables = Granule;

    /// <summary>All memory, in address order.</summary>
    public static PhysicalRangeSet All(ByteSize memory)
    {
        ByteSize below = memory >= SplitFrom ? BelowWhenSplit : memory;
        return PhysicalRangeSet.Of(new PhysicalRange(PhysicalAddress.Zero, below), new PhysicalRange(PhysicalAddress.FourGibibytes, memory - below));
    }

    /// <summary>The memory of each node.</summary>
    public static IReadOnlyList<PhysicalRangeSet> Nodes(ByteSize memory, int nodes)
    {
        ByteSize share = new(memory.Bytes / (ulong)nodes);
        PhysicalRangeSet rest = All(memory);
        List<PhysicalRangeSet> result = [];
        for (int node = 0; node < nodes; node++)
        {
            PhysicalRangeSet taken = Take(rest, share, fromEnd: false);
            result.Add(taken);
            rest = rest.Subtract(taken);
        }

        return result;
    }

    /// <summary>The pool's ranges.</summary>
    public static PhysicalRangeSet Pool(ServerSpec spec)
    {
        if (spec.PoolRanges is PhysicalRangeSet given)
        {
            return given;
        }

        ByteSize share = new ByteSize(spec.Pool.Bytes / (ulong)spec.Nodes).AlignDown(Granule);
        return PhysicalRangeSet.Of(Nodes(spec.Memory, spec.Nodes).SelectMany(node => Take(node.Intersect(Usable(spec.Memory)), share, fromEnd: true)));
    }

    /// <summary>Whether the pool lies in memory and leaves enough of it.</summary>
    public static void Validate(ServerSpec spec, DiagnosticBag diagnostics)
    {
        PhysicalRangeSet pool = Pool(spec);
        PhysicalRangeSet usable = Usable(spec.Memory);
        if (!usable.Contains(pool) || pool.Any(range => range.AlignInward(ByteSize.Page) != range))
        {
            diagnostics.Error("LAB007", "pool", $"The pool {pool} is not whole pages of the server's memory {usable}.", "Ask for other ranges, or for a size only.");
        }

        ByteSize wanted = spec.PoolRanges is null ? spec.Pool : pool.TotalLength;
        if (spec.Memory < wanted + LeastBootMemory)
        {
            diagnostics.Error(
                "LAB008",
                "pool",
                $"A pool of {wanted} leaves the Boot Kernel less than {LeastBootMemory} of {spec.Memory}.",
                "Ask for a smaller pool or more memory.");
        }
    }

    private static PhysicalRangeSet Usable(ByteSize memory) =>
        All(memory).Subtract(new PhysicalRange(PhysicalAddress.Zero, Granule)).Subtract(new PhysicalRange(All(memory)[0].End - FirmwareTables, FirmwareTables));

    private static PhysicalRangeSet Take(PhysicalRangeSet from, ByteSize size, bool fromEnd)
    {
        List<PhysicalRange> taken = [];
        foreach (PhysicalRange range in fromEnd ? from.Reverse() : from)
        {
            ByteSize part = range.Length < size ? range.Length : size;
            if (part > ByteSize.Zero)
            {
                taken.Add(new PhysicalRange(fromEnd ? range.End - part : range.Start, part));
                size -= part;
            }
        }

        return PhysicalRangeSet.Of(taken);
    }
}
