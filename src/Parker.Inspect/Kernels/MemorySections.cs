using Parker.Inspect.Addressing;
using Parker.Machine;

namespace Parker.Inspect.Kernels;

/// <summary>Which memory a kernel has online, as its sections say.</summary>
/// <remarks>
/// <c>mem_section</c> of include/linux/mmzone.h with SPARSEMEM_EXTREME, as x86-64 has it: roots of a page each, with an entry for each section of 128 MiB. VMCOREINFO says where it is and what it
/// looks like (kernel/crash_core.c); that bit 2 of an entry's first word says online it does not say: so from 4.13 on.
/// </remarks>
internal static class MemorySections
{
    private const ulong IsOnline = 1UL << 2;
    private const int PageSize = 4096;
    private const int PointerSize = 8;

    /// <summary>How much of some memory it has not brought online.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="memory">The memory.</param>
    /// <returns>Null where it does not tell.</returns>
    public static ByteSize? FindOffline(ApplicationKernel kernel, PhysicalRangeSet memory)
    {
        if (memory.IsEmpty)
        {
            return ByteSize.Zero;
        }

        VmCoreInfo info = kernel.Info;
        if (info.FindSymbol("mem_section") is not VirtualAddress roots
            || info.FindLength("mem_section") is not int rootCount
            || info.FindSize("mem_section") is not (> 0 and <= PageSize and int entrySize)
            || info.FindOffset("mem_section.section_mem_map") is not int offset
            || info.FindNumber("SECTION_SIZE_BITS") is not (>= 20 and < 40 and long sectionBits))
        {
            return null;
        }

        ulong section = 1UL << (int)sectionBits;
        ulong entriesOfRoot = (ulong)(PageSize / entrySize);
        ByteSize offline = ByteSize.Zero;
        foreach (PhysicalRange range in memory)
        {
            for (ulong number = range.Start.Value / section; number * section < range.End.Value; number++)
            {
                if (number / entriesOfRoot >= (ulong)rootCount || kernel.Memory.ReadUInt64(roots + (number / entriesOfRoot * PointerSize)) is not ulong root)
                {
                    return null;
                }

                ulong? flags = root == 0 ? 0 : kernel.Memory.ReadUInt64(new VirtualAddress(root) + (number % entriesOfRoot * (ulong)entrySize) + (ulong)offset);
                if (flags is null)
                {
                    return null;
                }

                offline += new ByteSize((flags & IsOnline) == 0 ? section : 0);
            }
        }

        return offline;
    }
}
