using System.Buffers.Binary;
using Parker.Machine;

namespace Parker.Inspect.Addressing;

/// <summary>Walks x86-64 page tables that lie in a partition's memory.</summary>
/// <remarks>
/// Intel SDM, volume 3, 4.5: 9 bits of the address for each level, from bit 47 (4 levels) or 56 (5 levels) down; bit 0 of an entry: present; bit 7: a large page (level 3:
/// 1 GiB, level 2: 2 MiB). The walk has as many steps as there are levels, so a table that points to itself does no harm.
/// </remarks>
/// <param name="memory">The partition's memory.</param>
/// <param name="levels">4 or 5.</param>
/// <param name="ignoredBits">Bits of entries that are no address, such as the encryption bit of AMD's SME.</param>
public sealed class PageTables(IPhysicalMemory memory, int levels, ulong ignoredBits)
{
    private const ulong Present = 1;
    private const ulong Large = 1 << 7;
    private const ulong AddressBits = 0x000F_FFFF_FFFF_F000;

    private readonly int _levels = levels is 4 or 5 ? levels : throw new ArgumentOutOfRangeException(nameof(levels), levels, "There are page tables of 4 and of 5 levels.");

    /// <summary>Finds where an address lies.</summary>
    /// <param name="root">The physical address of the table of the highest level.</param>
    /// <param name="address">The virtual address.</param>
    /// <param name="page">The page that holds it, and where that starts.</param>
    /// <returns>False where it is not mapped, or a table does not lie in the memory.</returns>
    public bool TryTranslate(PhysicalAddress root, VirtualAddress address, out MappedPage page)
    {
        page = default;
        Span<byte> bytes = stackalloc byte[8];
        ulong table = root.Value & AddressBits;
        for (int level = _levels; level > 0; level--)
        {
            int shift = 12 + (9 * (level - 1));
            ulong index = (address.Value >> shift) & 0x1FF;
            if (!memory.TryRead(new PhysicalAddress(table + (index * 8)), bytes))
            {
                return false;
            }

            ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            if ((entry & Present) == 0)
            {
                return false;
            }

            ulong target = entry & AddressBits & ~ignoredBits;
            if (level == 1 || (level <= 3 && (entry & Large) != 0))
            {
                ulong size = 1UL << shift;
                page = new MappedPage(new VirtualAddress(address.Value & ~(size - 1)), new PhysicalRange(new PhysicalAddress(target & ~(size - 1)), new ByteSize(size)));
                return true;
            }

            table = target;
        }

        return false;
    }
}
