using System.Buffers.Binary;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.PageTables;

/// <summary>The page tables that the start stub switches long mode on with: every address maps to itself.</summary>
/// <remarks>
/// 4 levels (Intel SDM volume 3, section 4.5). The PML4 and the PDPT of the first 512 GiB lie in the low slot, because CR3 is loaded by 32-bit code and because the stub itself runs
/// there; all other tables lie in the partition's own memory. Only what the 64-bit boot protocol asks for is mapped: the slot, and the first memory range from its start to the
/// end of the initrd, in whole pages of 1 GiB or 2 MiB. The kernel's decompressor maps the rest by itself when it looks there (arch/x86/boot/compressed/ident_map_64.c).
/// </remarks>
public sealed class IdentityMap
{
    private const ulong PresentWritable = 0x3;
    private const ulong LargePage = 0x80;
    private const int EntriesPerTable = 512;
    private const int Pml4Shift = 39;
    private const int GibibyteShift = 30;
    private const int LargePageShift = 21;

    private readonly SortedDictionary<PhysicalAddress, ulong[]> _tables = [];
    private readonly PhysicalRange _room;
    private readonly PhysicalAddress _pml4;
    private readonly PhysicalAddress _lowPdpt;
    private PhysicalAddress _next;

    private IdentityMap(PhysicalAddress slot, PhysicalRange room)
    {
        _room = room;
        _next = room.Start;
        _pml4 = slot + LowSlotLayout.Pml4;
        _lowPdpt = slot + LowSlotLayout.Pdpt;
        _tables[_pml4] = new ulong[EntriesPerTable];
        _tables[_lowPdpt] = new ulong[EntriesPerTable];
        _tables[_pml4][0] = _lowPdpt.Value | PresentWritable;
    }

    /// <summary>The number of tables.</summary>
    public int TableCount => _tables.Count;

    /// <summary>Builds the tables of a partition.</summary>
    /// <param name="plan">Its low slot and the pages that its CPUs have.</param>
    /// <param name="layout">Where everything lies.</param>
    /// <param name="diagnostics">Takes <c>LAY006</c>: too much to map for the room that the layout has.</param>
    /// <returns>The tables; null where there was an error.</returns>
    public static IdentityMap? TryBuild(PartitionPlan plan, PartitionLayout layout, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(diagnostics);
        IdentityMap map = new(plan.LowSlot, layout.PageTables);
        int shift = plan.Processor.HasGibibytePages ? GibibyteShift : LargePageShift;
        foreach (PhysicalRange range in new[] { new PhysicalRange(plan.LowSlot, LowSlotLayout.Size), layout.Loaded })
        {
            for (ulong page = range.Start.Value >> shift; page <= range.Last.Value >> shift; page++)
            {
                if (!map.TryMap(page << shift, shift))
                {
                    diagnostics.Error(
                        "LAY006",
                        $"partition {plan.Name}",
                        $"Kernel and initrd reach over {layout.Loaded.Length}, more than the {layout.PageTables.Length} of page tables can map with pages of {new ByteSize(1UL << shift)}.",
                        "Take a smaller initrd.");
                    return null;
                }
            }
        }

        return map;
    }

    /// <summary>The tables as segments, ascending by address.</summary>
    public IEnumerable<MemorySegment> Segments()
    {
        foreach ((PhysicalAddress address, ulong[] entries) in _tables)
        {
            byte[] bytes = new byte[EntriesPerTable * sizeof(ulong)];
            for (int index = 0; index < entries.Length; index++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(index * sizeof(ulong)), entries[index]);
            }

            string purpose = address == _pml4 ? "PML4" : address == _lowPdpt ? "PDPT of the first 512 GiB" : "page table";
            yield return new MemorySegment(address, new ByteContent(bytes), purpose, SegmentOwner.Parker);
        }
    }

    private bool TryMap(ulong address, int shift)
    {
        if (!TryDescend(_pml4, Index(address, Pml4Shift), out PhysicalAddress table))
        {
            return false;
        }

        if (shift == LargePageShift && !TryDescend(table, Index(address, GibibyteShift), out table))
        {
            return false;
        }

        _tables[table][Index(address, shift)] = address | PresentWritable | LargePage;
        return true;
    }

    private bool TryDescend(PhysicalAddress table, int index, out PhysicalAddress lower)
    {
        ulong entry = _tables[table][index];
        if (entry != 0)
        {
            lower = new PhysicalAddress(entry & ~0xFFFUL);
            return true;
        }

        lower = _next;
        if (_next >= _room.End)
        {
            return false;
        }

        _next += ByteSize.Page;
        _tables[lower] = new ulong[EntriesPerTable];
        _tables[table][index] = lower.Value | PresentWritable;
        return true;
    }

    private static int Index(ulong address, int shift) => (int)((address >> shift) & (EntriesPerTable - 1));
}
