using Parker.Inspect.Kernels;
using Parker.Machine;

namespace Parker.Inspect.Addressing;

/// <summary>The addresses of a kernel: its image by one sum, everything else by its page tables.</summary>
/// <remarks>
/// Pages that were found are remembered until <see cref="Forget"/>: a running kernel may map other memory there later. Not for several threads at once.
/// </remarks>
public sealed class KernelMemory : IVirtualMemory
{
    // __START_KERNEL_map (arch/x86/include/asm/page_64_types.h).
    private const ulong ImageBase = 0xFFFF_FFFF_8000_0000;
    private const ulong SmallestImageSpace = 512UL << 20;
    private const ulong LargestImageSpace = 1UL << 30;
    private const int MostRemembered = 4096;

    private readonly PageTables _tables;
    private readonly PhysicalAddress? _root;
    private readonly MappedPage? _image;
    private readonly Dictionary<ulong, MappedPage> _pages = [];
    private MappedPage _last;

    /// <summary>The memory of the kernel that a VMCOREINFO describes.</summary>
    public KernelMemory(IPhysicalMemory physical, VmCoreInfo info)
    {
        ArgumentNullException.ThrowIfNull(physical);
        ArgumentNullException.ThrowIfNull(info);
        Physical = physical;
        _tables = new PageTables(physical, info.HasFiveLevels ? 5 : 4, info.EncryptionMask);
        ulong space = Math.Clamp(info.FindNumber("KERNEL_IMAGE_SIZE") is long size ? unchecked((ulong)size) : LargestImageSpace, SmallestImageSpace, LargestImageSpace);

        _image = info.PhysicalBase is long physicalBase ? ImageAt(physicalBase, space) : null;
        if (info.PageTableRoot is VirtualAddress root && _image is MappedPage image && image.Contains(root))
        {
            _root = image.PhysicalOf(root);
        }
    }

    /// <summary>The partition's memory.</summary>
    public IPhysicalMemory Physical { get; }

    // The base is negative where the kernel lies lower than its addresses say: those that would be below 0 are no addresses of it.
    private static MappedPage? ImageAt(long physicalBase, ulong space)
    {
        ulong below = physicalBase < 0 ? unchecked((ulong)-physicalBase) : 0;
        ulong start = physicalBase > 0 ? (ulong)physicalBase : 0;
        return below >= space || start >= 1UL << 52
            ? null
            : new MappedPage(new VirtualAddress(ImageBase + below), new PhysicalRange(new PhysicalAddress(start), new ByteSize(space - below)));
    }

    /// <summary>Where an address lies.</summary>
    /// <returns>False where it is not mapped.</returns>
    public bool TryTranslate(VirtualAddress address, out MappedPage page)
    {
        if (_image is MappedPage image && image.Contains(address))
        {
            page = image;
            return true;
        }

        if (_last.Contains(address))
        {
            page = _last;
            return true;
        }

        ulong number = address.Value >> 12;
        if (!_pages.TryGetValue(number, out page))
        {
            if (_root is not PhysicalAddress root || !_tables.TryTranslate(root, address, out page))
            {
                page = default;
                return false;
            }

            if (_pages.Count >= MostRemembered)
            {
                _pages.Clear();
            }

            _pages[number] = page;
        }

        _last = page;
        return true;
    }

    /// <inheritdoc/>
    public bool TryRead(VirtualAddress address, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (!TryTranslate(address, out MappedPage page))
            {
                return false;
            }

            int length = (int)Math.Min(page.BytesFrom(address), (ulong)destination.Length);
            if (!Physical.TryRead(page.PhysicalOf(address), destination[..length]))
            {
                return false;
            }

            destination = destination[length..];
            address += (ulong)length;
        }

        return true;
    }

    /// <summary>The memory of a process.</summary>
    /// <param name="tables">The kernel's address of its highest page table: <c>mm_struct.pgd</c>.</param>
    /// <returns>Null where that is no address of the kernel's.</returns>
    public PagedMemory? OfProcess(VirtualAddress tables) =>
        TryTranslate(tables, out MappedPage page) ? new PagedMemory(Physical, _tables, page.PhysicalOf(tables)) : null;

    /// <summary>Forgets where pages lay, so that the next reads look again.</summary>
    public void Forget()
    {
        _pages.Clear();
        _last = default;
    }
}
