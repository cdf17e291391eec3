using System.Text;
using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;

namespace Parker.Inspect.Tests.Addressing;

public sealed class KernelMemoryTests
{
    private readonly ArrayMemory _memory = new(new PhysicalAddress(0x2000_0000), new byte[8 << 20]);

    [Theory]
    [InlineData(1, 0x1234UL)]
    [InlineData(2, 0x12_3456UL)]
    [InlineData(3, 0x12_3456UL)]
    public void Pages_of_each_size_are_found(int level, ulong within)
    {
        // One entry a level, from the root at 0x1000 down; the page is the memory's first of that size.
        const ulong address = 0xFFFF_8880_0000_0000;
        ulong table = 0x2000_1000;
        for (int at = 4; at > level; at--)
        {
            Entry(table, address, at, (table + 0x1000) | 1);
            table += 0x1000;
        }

        Entry(table, address, level, 0x8000_0000_2000_0001 | (level > 1 ? 0x80UL : 0));
        Assert.True(new PageTables(_memory, 4, 0).TryTranslate(new PhysicalAddress(0x2000_1000), new VirtualAddress(address + (within & ((1UL << (12 + (9 * (level - 1)))) - 1))), out MappedPage page));
        Assert.Equal(1UL << (12 + (9 * (level - 1))), page.Range.Length.Bytes);
        Assert.Equal(level == 3 ? 0UL : 0x2000_0000UL, page.Range.Start.Value);
    }

    [Fact]
    public void Table_that_points_to_itself_is_walked_once_per_level()
    {
        int reads = 0;
        for (int index = 0; index < 512; index++)
        {
            BitConverter.TryWriteBytes(_memory.Bytes.AsSpan(0x1000 + (index * 8)), 0x2000_1001UL);
        }

        _memory.BeforeRead = (_, _) => reads++;
        Assert.True(new PageTables(_memory, 5, 0).TryTranslate(new PhysicalAddress(0x2000_1000), new VirtualAddress(0xFF00_0000_1234_5678), out _));
        Assert.Equal(5, reads);
    }

    [Fact]
    public void Table_outside_the_memory_is_not_mapped()
    {
        Entry(0x2000_1000, 0, 4, 0x000F_FFFF_FFFF_F001);
        Assert.False(new PageTables(_memory, 4, 0).TryTranslate(new PhysicalAddress(0x2000_1000), default, out _));
        Assert.False(new PageTables(_memory, 4, 0).TryTranslate(new PhysicalAddress(ulong.MaxValue), default, out _));
    }

    [Fact]
    public void Encryption_bit_of_an_entry_is_no_address()
    {
        Entry(0x2000_1000, 0, 4, 0x8000_2000_2001);
        Entry(0x2000_2000, 0, 3, 0x8000_2000_3001);
        Entry(0x2000_3000, 0, 2, 0x8000_2000_0081);
        Assert.True(new PageTables(_memory, 4, 1UL << 47).TryTranslate(new PhysicalAddress(0x2000_1000), default, out MappedPage page));
        Assert.Equal(0x2000_0000UL, page.Range.Start.Value);
    }

    [Theory]
    [InlineData(0x2000_0000L, 0xFFFF_FFFF_8000_0010UL, true)]
    [InlineData(0x1000_0000L, 0xFFFF_FFFF_9000_0010UL, true)]
    [InlineData(-0x1000_0000L, 0xFFFF_FFFF_8000_0010UL, false)]
    [InlineData(-0x1000_0000L, 0xFFFF_FFFF_B000_0010UL, true)]
    [InlineData(long.MinValue, 0xFFFF_FFFF_D000_0010UL, false)]
    [InlineData(long.MaxValue, 0xFFFF_FFFF_D000_0010UL, false)]
    public void Image_lies_where_the_physical_base_says_also_below_its_link_address(long physicalBase, ulong address, bool expected)
    {
        Encoding.ASCII.GetBytes("here", _memory.Bytes.AsSpan(0x10));
        KernelMemory memory = new(_memory, VmCoreInfo.TryParse(Encoding.ASCII.GetBytes($"OSRELEASE=6\nNUMBER(phys_base)={physicalBase}\nNUMBER(KERNEL_IMAGE_SIZE)=2147483648\n"), default)!);
        Assert.Equal(expected ? "here" : null, memory.ReadText(new VirtualAddress(address), 16));
    }

    [Fact]
    public void Text_at_the_end_of_the_memory_is_read_up_to_its_limit()
    {
        Encoding.ASCII.GetBytes("end!", _memory.Bytes.AsSpan(_memory.Bytes.Length - 4));
        KernelMemory memory = new(_memory, VmCoreInfo.TryParse("OSRELEASE=6\nNUMBER(phys_base)=536870912\n"u8, default)!);
        VirtualAddress end = new(0xFFFF_FFFF_8000_0000 + (ulong)_memory.Bytes.Length - 4);
        Assert.Equal("end!", memory.ReadText(end, 4));
        Assert.Null(memory.ReadText(end, 5));
    }

    private void Entry(ulong table, ulong address, int level, ulong value) =>
        BitConverter.TryWriteBytes(_memory.Bytes.AsSpan((int)(table - 0x2000_0000) + (int)((address >> (12 + (9 * (level - 1)))) & 0x1FF) * 8), value);
}
