using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Parker.Machine;

namespace Parker.Inspect.Tests.Synthetic;

/// <summary>The memory of a kernel that has just what an observer looks for: VMCOREINFO, page tables, and a log that is written by the kernel's rules.</summary>
/// <remarks>
/// <code>
/// 0x000000  the image: 0x1000 highest page table, 0x2000 prb, 0x2100 uts names, 0x3000 the ring's header
/// 0x010000  more page tables
/// 0x020000  VMCOREINFO
/// 0x030000  pages that the page tables put at 0xffffc90000000000 on in reverse order: the ring's arrays
/// </code>
/// </remarks>
internal sealed class SyntheticKernel
{
    public const ulong Image = 0xFFFF_FFFF_8000_0000;
    public const ulong Mapped = 0xFFFF_C900_0000_0000;
    public const int Size = 1 << 20;
    public const int RootOffset = 0x1000;
    public const int PrbOffset = 0x2000;
    public const int NamesOffset = 0x2100;
    public const int RingOffset = 0x3000;
    public const int VmCoreInfoOffset = 0x20000;

    private const int TablesOffset = 0x10000;
    private const int PagesOffset = 0x30000;
    private const int PageCount = (Size - PagesOffset) / 4096;
    private const int DescriptorSize = 24;
    private const int InfoSize = 88;
    private const ulong IdMask = (1UL << 62) - 1;

    private readonly int _countBits;
    private readonly int _sizeBits;
    private readonly bool _fiveLevels;
    private int _nextTable = TablesOffset;
    private ulong _headPosition;
    private ulong _tailPosition;
    private ulong _nextSequence;

    public SyntheticKernel(int countBits = 6, int sizeBits = 12, bool fiveLevels = false, ulong start = 0x1_0000_0000)
    {
        _countBits = countBits;
        _sizeBits = sizeBits;
        _fiveLevels = fiveLevels;
        Memory = new ArrayMemory(new PhysicalAddress(start), new byte[Size]);
        MapPages();
        Text(NamesOffset + 8 + (2 * 65), Release);
        Word(PrbOffset, Image + RingOffset);
        WriteVmCoreInfo(VmCoreInfo);

        // desc_ring: count_bits, descs, infos, head_id, tail_id; text_data_ring: size_bits, data, head_lpos, tail_lpos; fail.
        Half(RingOffset + 0x00, (uint)countBits);
        Word(RingOffset + 0x08, Mapped);
        Word(RingOffset + 0x10, Infos);
        Half(RingOffset + 0x30, (uint)sizeBits);
        Word(RingOffset + 0x38, Data);
        HeadId = TailId = FirstId;
        WriteState(HeadId, 3);
        _headPosition = _tailPosition = unchecked(0 - TextSize);
    }

    public static string Release => "6.12.0-synthetic";

    public ArrayMemory Memory { get; }

    public ulong Count => 1UL << _countBits;

    public ulong TextSize => 1UL << _sizeBits;

    public ulong Infos => Mapped + (((Count * DescriptorSize) + 4095) & ~4095UL);

    public ulong Data => Infos + (((Count * InfoSize) + 4095) & ~4095UL);

    public ulong HeadId
    {
        get => ReadWord(RingOffset + 0x18);
        set => Word(RingOffset + 0x18, value);
    }

    public ulong TailId
    {
        get => ReadWord(RingOffset + 0x20);
        set => Word(RingOffset + 0x20, value);
    }

    /// <summary>The lines of a 6.12 kernel that matter.</summary>
    public string VmCoreInfo => string.Create(CultureInfo.InvariantCulture, $"""
        OSRELEASE={Release}
        BUILD-ID=0123456789abcdef0123456789abcdef01234567
        PAGESIZE=4096
        SYMBOL(init_uts_ns)={Image + NamesOffset:x}
        OFFSET(uts_namespace.name)=8
        SYMBOL(init_top_pgt)={Image + RootOffset:x}
        SYMBOL(prb)={Image + PrbOffset:x}
        SIZE(printk_ringbuffer)=88
        OFFSET(printk_ringbuffer.desc_ring)=0
        OFFSET(printk_ringbuffer.text_data_ring)=48
        SIZE(prb_desc_ring)=48
        OFFSET(prb_desc_ring.count_bits)=0
        OFFSET(prb_desc_ring.descs)=8
        OFFSET(prb_desc_ring.infos)=16
        OFFSET(prb_desc_ring.head_id)=24
        OFFSET(prb_desc_ring.tail_id)=32
        SIZE(prb_desc)=24
        OFFSET(prb_desc.state_var)=0
        OFFSET(prb_desc.text_blk_lpos)=8
        OFFSET(prb_data_blk_lpos.begin)=0
        OFFSET(prb_data_blk_lpos.next)=8
        SIZE(printk_info)=88
        OFFSET(printk_info.seq)=0
        OFFSET(printk_info.ts_nsec)=8
        OFFSET(printk_info.text_len)=16
        OFFSET(printk_info.caller_id)=20
        OFFSET(printk_info.dev_info)=24
        OFFSET(dev_printk_info.subsystem)=0
        LENGTH(printk_info_subsystem)=16
        OFFSET(dev_printk_info.device)=16
        LENGTH(printk_info_device)=48
        SIZE(prb_data_ring)=32
        OFFSET(prb_data_ring.size_bits)=0
        OFFSET(prb_data_ring.data)=8
        OFFSET(atomic_long_t.counter)=0
        NUMBER(phys_base)={Memory.Start.Value}
        NUMBER(pgtable_l5_enabled)={(_fiveLevels ? 1 : 0)}
        NUMBER(KERNEL_IMAGE_SIZE)=1073741824
        KERNELOFFSET=20600000

        """);

    public void WriteVmCoreInfo(string text)
    {
        Memory.Bytes.AsSpan(VmCoreInfoOffset, 4096).Clear();
        Text(VmCoreInfoOffset, text);
    }

    /// <summary>Writes a record by the rules of the kernel: oldest records make room, text that does not fit before the end starts at 0.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="state">The state that its descriptor is left in: 0 reserved, 1 committed, 2 finalized.</param>
    /// <param name="level">Its level.</param>
    /// <param name="device">The device that it is about.</param>
    public void Log(string text, int state = 2, int level = 6, string device = "")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ulong id = (HeadId + 1) & IdMask;
        if (TailId == (unchecked(id - Count) & IdMask))
        {
            FreeOldest();
        }

        (ulong begin, ulong next, ulong at) = bytes.Length == 0 ? (3UL, 3UL, 0UL) : Reserve((ulong)((bytes.Length + 8 + 7) & ~7));
        if (bytes.Length > 0)
        {
            WriteAt(Data + at, BitConverter.GetBytes(id));
            WriteAt(Data + at + 8, bytes);
        }

        ulong descriptor = Mapped + ((id & (Count - 1)) * DescriptorSize);
        WriteAt(descriptor + 8, BitConverter.GetBytes(begin));
        WriteAt(descriptor + 16, BitConverter.GetBytes(next));
        byte[] info = new byte[InfoSize];
        BinaryPrimitives.WriteUInt64LittleEndian(info, _nextSequence);
        BinaryPrimitives.WriteUInt64LittleEndian(info.AsSpan(8), _nextSequence * 1000);
        BinaryPrimitives.WriteUInt16LittleEndian(info.AsSpan(16), (ushort)bytes.Length);
        info[19] = (byte)(level << 5);
        BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(20), 42);
        Encoding.ASCII.GetBytes(device.Length > 0 ? "pci" : "", info.AsSpan(24));
        Encoding.ASCII.GetBytes(device, info.AsSpan(40));
        WriteAt(Infos + ((id & (Count - 1)) * InfoSize), info);
        WriteState(id, state);
        HeadId = id;
        _nextSequence++;
    }

    /// <summary>Changes the state of a descriptor.</summary>
    public void WriteState(ulong id, int state) => WriteAt(Mapped + ((id & (Count - 1)) * DescriptorSize), BitConverter.GetBytes(((ulong)state << 62) | id));

    public void Word(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Memory.Bytes.AsSpan(offset), value);

    public void Half(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Memory.Bytes.AsSpan(offset), value);

    public void WriteAt(ulong address, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            ulong at = address + (ulong)i - Mapped;
            Memory.Bytes[PageOffset((int)(at / 4096)) + (int)(at % 4096)] = bytes[i];
        }
    }

    // Stands before the first record and is none.
    private ulong FirstId => IdMask - Count;

    private static int PageOffset(int page) => PagesOffset + ((PageCount - 1 - page) * 4096);

    private (ulong Begin, ulong Next, ulong At) Reserve(ulong size)
    {
        while (true)
        {
            ulong begin = _headPosition;
            ulong next = unchecked(begin + size);
            ulong at = begin & (TextSize - 1);
            if (begin / TextSize != next / TextSize)
            {
                next = unchecked((next & ~(TextSize - 1)) + size);
                at = 0;
            }

            if (unchecked(next - _tailPosition) <= TextSize)
            {
                _headPosition = next;
                return (begin, next, at);
            }

            FreeOldest();
        }
    }

    private void FreeOldest()
    {
        ulong descriptor = TailId & (Count - 1);
        int offset = (int)(descriptor * DescriptorSize);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(ReadMapped(Mapped + (ulong)offset + 16, 8));
        bool hasText = (next & 1) == 0 && TailId != FirstId;
        if (hasText)
        {
            _tailPosition = next;
        }

        WriteState(TailId, 3);
        TailId = (TailId + 1) & IdMask;
    }

    private byte[] ReadMapped(ulong address, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            ulong at = address + (ulong)i - Mapped;
            bytes[i] = Memory.Bytes[PageOffset((int)(at / 4096)) + (int)(at % 4096)];
        }

        return bytes;
    }

    private ulong ReadWord(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(Memory.Bytes.AsSpan(offset));

    private void Text(int offset, string text) => Encoding.ASCII.GetBytes(text, Memory.Bytes.AsSpan(offset));

    private void MapPages()
    {
        for (int page = 0; page < PageCount; page++)
        {
            Map(Mapped + ((ulong)page * 4096), PageOffset(page));
        }
    }

    private void Map(ulong address, int target)
    {
        int table = RootOffset;
        for (int level = _fiveLevels ? 5 : 4; level > 1; level--)
        {
            int entry = table + (int)((address >> (12 + (9 * (level - 1)))) & 0x1FF) * 8;
            if (ReadWord(entry) == 0)
            {
                Word(entry, (Memory.Start.Value + (ulong)_nextTable) | 0x63);
                _nextTable += 4096;
            }

            table = (int)((ReadWord(entry) & 0x000F_FFFF_FFFF_F000) - Memory.Start.Value);
        }

        Word(table + (int)((address >> 12) & 0x1FF) * 8, (Memory.Start.Value + (ulong)target) | 0x8000_0000_0000_0063);
    }
}
