using System.Text;
using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Kernels;

public sealed class VmCoreInfoTests
{
    [Fact]
    public void Text_is_read_as_a_table()
    {
        VmCoreInfo info = Parse("OSRELEASE=6.1.0-x\nSYMBOL(prb)=ffffffff82a6c0a8\nOFFSET(a.b)=16\nSIZE(a)=64\nLENGTH(c)=48\nNUMBER(phys_base)=-16777216\nNUMBER(sme_mask)=140737488355328\nKERNELOFFSET=20600000\nNUMBER(pgtable_l5_enabled)=1\n")!;
        Assert.Equal("6.1.0-x", info.Release);
        Assert.Equal(0xffffffff82a6c0a8, info.FindSymbol("prb")!.Value.Value);
        Assert.Equal((16, 64, 48), (info.FindOffset("a.b"), info.FindSize("a"), info.FindLength("c")));
        Assert.Equal(-16777216, info.PhysicalBase);
        Assert.Equal(1UL << 47, info.EncryptionMask);
        Assert.Equal(0x20600000UL, info.KernelOffset);
        Assert.True(info.HasFiveLevels);
        Assert.Null(info.FindSymbol("b"));
        Assert.Null(info.BuildId);
    }

    [Theory]
    [InlineData("OSRELEASE")]
    [InlineData(" OSRELEASE=6.1\n")]
    [InlineData("OSRELEASE=6.1\nSYMBOL(\u0001)=1\n")]
    [InlineData("")]
    public void Other_text_is_none(string text) => Assert.Null(Parse(text));

    [Theory]
    [InlineData("SIZE(a)=99999999999")]
    [InlineData("SIZE(a)=-1")]
    [InlineData("SIZE(a)=1048577")]
    [InlineData("SIZE(a)=")]
    public void Impossible_size_is_none(string line) => Assert.Null(Parse("OSRELEASE=6\n" + line)!.FindSize("a"));

    [Fact]
    public void Finder_takes_the_page_whose_symbols_lead_to_the_kernel_and_not_a_copy_of_an_earlier_one()
    {
        SyntheticKernel kernel = new();
        Encoding.ASCII.GetBytes(kernel.VmCoreInfo.Replace("NUMBER(phys_base)=4294967296", "NUMBER(phys_base)=123456", StringComparison.Ordinal), kernel.Memory.Bytes.AsSpan(0xC_0000));
        Assert.Equal(kernel.Memory.Start + new ByteSize(SyntheticKernel.VmCoreInfoOffset), VmCoreInfoFinder.Find(kernel.Memory)!.Address);
    }

    [Fact]
    public void Finder_with_a_hint_reads_no_other_page()
    {
        SyntheticKernel kernel = new();
        PhysicalAddress page = kernel.Memory.Start + new ByteSize(SyntheticKernel.VmCoreInfoOffset);
        int reads = 0;
        kernel.Memory.BeforeRead = (_, _) => reads++;
        Assert.Equal(page, VmCoreInfoFinder.Find(kernel.Memory, page)!.Address);
        Assert.InRange(reads, 1, 4);
    }

    [Fact]
    public void Finder_with_a_wrong_hint_looks_everywhere()
    {
        SyntheticKernel kernel = new();
        Assert.NotNull(VmCoreInfoFinder.Find(kernel.Memory, kernel.Memory.Start));
        Assert.NotNull(VmCoreInfoFinder.Find(kernel.Memory, new PhysicalAddress(0x10)));
    }

    [Fact]
    public void Memory_without_a_kernel_gets_a_diagnostic()
    {
        DiagnosticBag diagnostics = [];
        Assert.Null(ApplicationKernel.TryOpen(new ArrayMemory(new PhysicalAddress(0x1000), new byte[0x10000]), null, diagnostics));
        Assert.Equal("INS001", Assert.Single(diagnostics).Id);
    }

    private static VmCoreInfo? Parse(string text) => VmCoreInfo.TryParse(Encoding.Latin1.GetBytes(text), new PhysicalAddress(0x1000));
}
