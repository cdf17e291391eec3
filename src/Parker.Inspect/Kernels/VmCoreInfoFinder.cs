using System.Text;
using Parker.Inspect.Addressing;
using Parker.Machine;

namespace Parker.Inspect.Kernels;

/// <summary>Finds the VMCOREINFO of the kernel that runs, or ran, in a partition.</summary>
public static class VmCoreInfoFinder
{
    private static readonly ByteSize PageSize = ByteSize.Page;

    // Kernels were seen to take the page from the last tens of MiB (6.12) and from what lies free before their image (6.1).
    private static readonly ByteSize LowEnd = ByteSize.FromMebibytes(16);

    /// <summary>Looks at the beginning of every page: those at the low end of each range first, then from the top down.</summary>
    /// <param name="memory">The partition's memory.</param>
    /// <param name="hint">Where it was found before, of the same boot; looked at first.</param>
    /// <returns>
    /// The first whose page tables and symbols lead to a kernel of the release that it names; else the first that is one by its form; else null: there is no kernel, or it is in
    /// its first second (it writes the page at <c>subsys_initcall</c>).
    /// </returns>
    public static VmCoreInfo? Find(IPhysicalMemory memory, PhysicalAddress? hint = null)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (hint is PhysicalAddress known && TryReadAt(memory, known) is VmCoreInfo remembered && IsConfirmed(memory, remembered))
        {
            return remembered;
        }

        VmCoreInfo? unconfirmed = null;
        foreach (PhysicalRange range in Regions(memory))
        {
            if (FindIn(memory, range, ref unconfirmed) is VmCoreInfo info)
            {
                return info;
            }
        }

        return unconfirmed;
    }

    private static IEnumerable<PhysicalRange> Regions(IPhysicalMemory memory)
    {
        PhysicalRange[] ranges = [.. memory.Ranges.Select(range => range.AlignInward(PageSize))];
        return ranges.Where(range => range.Length > LowEnd).Select(range => new PhysicalRange(range.Start, LowEnd))
            .Concat(ranges.Reverse().Select(range => range.Length > LowEnd ? PhysicalRange.FromBounds(range.Start + LowEnd, range.End) : range));
    }

    private static VmCoreInfo? FindIn(IPhysicalMemory memory, PhysicalRange range, ref VmCoreInfo? unconfirmed)
    {
        Span<byte> beginning = stackalloc byte[VmCoreInfo.Beginning.Length];
        for (ulong page = range.Length / PageSize; page > 0; page--)
        {
            PhysicalAddress address = range.Start + (PageSize * (page - 1));
            if (!memory.TryRead(address, beginning) || !beginning.SequenceEqual("OSRELEASE="u8) || TryReadAt(memory, address) is not VmCoreInfo info)
            {
                continue;
            }

            if (IsConfirmed(memory, info))
            {
                return info;
            }

            unconfirmed ??= info;
        }

        return null;
    }

    private static VmCoreInfo? TryReadAt(IPhysicalMemory memory, PhysicalAddress address)
    {
        byte[] page = new byte[PageSize.Bytes];
        return memory.TryRead(address, page) ? VmCoreInfo.TryParse(page, address) : null;
    }

    /// <summary>Whether the kernel's own name, read through its addresses, is the one in the text. A copy in a file or of an earlier boot does not lead there.</summary>
    private static bool IsConfirmed(IPhysicalMemory memory, VmCoreInfo info)
    {
        // struct new_utsname: sysname, nodename, release, ..., 65 bytes each (include/uapi/linux/utsname.h).
        const int FieldLength = 65;
        if (info.FindSymbol("init_uts_ns") is not VirtualAddress names || info.FindOffset("uts_namespace.name") is not int offset)
        {
            return false;
        }

        Span<byte> release = stackalloc byte[FieldLength];
        if (!new KernelMemory(memory, info).TryRead(names + (ulong)(offset + (2 * FieldLength)), release))
        {
            return false;
        }

        int end = release.IndexOf((byte)0);
        return end > 0 && Encoding.ASCII.GetString(release[..end]) == info.Release;
    }
}
