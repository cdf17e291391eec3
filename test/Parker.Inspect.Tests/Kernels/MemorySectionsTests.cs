using System.Globalization;
using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;

namespace Parker.Inspect.Tests.Kernels;

/// <summary>A kernel with sections of 128 MiB, 128 entries of 32 bytes to a root; the root of the first 16 GiB is there, the next is not.</summary>
public sealed class MemorySectionsTests
{
    private const int Roots = 0xA000;
    private const int FirstRoot = 0xB000;
    private readonly SyntheticKernel _kernel = new();

    [Fact]
    public void Sections_that_are_not_online_are_told()
    {
        // Present with a map, and online but for section 49.
        Write();
        Section(48, 7);
        Section(49, 3);
        Section(50, 0xFF00_0007);
        Assert.Equal(ByteSize.Zero, Read("0x180000000-0x187ffffff"));
        Assert.Equal(ByteSize.FromMebibytes(128), Read("0x180000000-0x197ffffff"));
        Assert.Equal(ByteSize.FromMebibytes(128), Read("0x188000000-0x18fffffff"));
        Assert.Equal(ByteSize.Zero, Read("0x180000000-0x187ffffff", "0x190000000-0x197ffffff"));
        Assert.Equal(ByteSize.Zero, Read());

        // Of a root that was never made.
        Assert.Equal(ByteSize.FromMebibytes(256), Read("0x480000000-0x48fffffff"));
    }

    [Fact]
    public void Kernel_that_does_not_say_how_its_sections_lie_tells_nothing()
    {
        Assert.Null(Read("0x180000000-0x187ffffff"));
        Write(size: 0);
        Assert.Null(Read("0x180000000-0x187ffffff"));
        Write(bits: 99);
        Assert.Null(Read("0x180000000-0x187ffffff"));
        Write();
        Assert.Null(Read("0x8000000000-0x8007ffffff"));
        _kernel.Word(Roots, 0xFFFF_8000_0000_0000);
        Assert.Null(Read("0x180000000-0x187ffffff"));
    }

    private void Write(int size = 32, int bits = 27)
    {
        _kernel.WriteVmCoreInfo(_kernel.VmCoreInfo + string.Create(CultureInfo.InvariantCulture, $"""
            SYMBOL(mem_section)={SyntheticKernel.Image + Roots:x}
            LENGTH(mem_section)=2
            SIZE(mem_section)={size}
            OFFSET(mem_section.section_mem_map)=0
            NUMBER(SECTION_SIZE_BITS)={bits}

            """));
        _kernel.Word(Roots, SyntheticKernel.Image + FirstRoot);
        _kernel.Word(Roots + 8, 0);
    }

    private void Section(int number, ulong flags) => _kernel.Word(FirstRoot + (number * 32), flags);

    private ByteSize? Read(params string[] ranges)
    {
        ApplicationKernel kernel = ApplicationKernel.TryOpen(_kernel.Memory, null, [])!;
        return KernelFacts.Read(kernel, [], PhysicalRangeSet.Of(ranges.Select(PhysicalRange.Parse))).OfflineMemory;
    }
}
