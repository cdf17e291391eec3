using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Kernels;

public sealed class KernelFactsTests
{
    private readonly SyntheticKernel _kernel = new(fiveLevels: true);

    [Fact]
    public void Facts_are_as_the_kernel_has_them()
    {
        MeasuredKernel.Write(_kernel);
        DiagnosticBag diagnostics = [];
        KernelFacts facts = Read(diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal((SyntheticKernel.Release, "0123456789abcdef0123456789abcdef01234567", 0x20600000UL, 5), (facts.Release, facts.BuildId, facts.KaslrOffset, facts.PageTableLevels));
        Assert.Equal(("PW", "root=/dev/nvme0n1 quiet", "0"), (facts.Taint, facts.CommandLine, facts.OnlineCpus!.ToString()));
        Assert.Equal(TimeSpan.FromSeconds(100), facts.Uptime);
    }

    [Theory]
    [InlineData(0UL, "")]
    [InlineData(ulong.MaxValue, "PFSRMBUDAWCIOELKXTN")]
    public void Taint_is_letters(ulong bits, string letters)
    {
        MeasuredKernel.Write(_kernel);
        _kernel.Word(MeasuredKernel.Taint, bits);
        Assert.Equal(letters, Read([]).Taint);
    }

    [Theory]
    [InlineData(0u, false)]
    [InlineData(2u, false)]
    [InlineData(3u, true)]
    [InlineData(4u, true)]
    public void Init_runs_from_where_the_kernel_says_so(uint state, bool started)
    {
        MeasuredKernel.Write(_kernel);
        _kernel.Half(MeasuredKernel.SystemState, state);
        Assert.Equal(started, Read([]).InitStarted);
    }

    [Fact]
    public void Kernel_that_does_not_name_its_symbols_tells_what_its_vmcoreinfo_does()
    {
        DiagnosticBag diagnostics = [];
        KernelFacts facts = Read(diagnostics);
        Assert.Equal("INS005", Assert.Single(diagnostics).Id);
        Assert.Equal(SyntheticKernel.Release, facts.Release);
        Assert.Equal((null, null, null, null, null), (facts.Taint, facts.CommandLine, facts.OnlineCpus, facts.Jiffies, facts.Uptime));
    }

    [Fact]
    public void Count_of_ticks_before_its_beginning_gives_no_uptime()
    {
        MeasuredKernel.Write(_kernel);
        _kernel.Word(MeasuredKernel.Jiffies, 0);
        Assert.Null(Read([]).Uptime);
    }

    private KernelFacts Read(DiagnosticBag diagnostics) => KernelFacts.Read(ApplicationKernel.TryOpen(_kernel.Memory, null, diagnostics)!, diagnostics);
}
