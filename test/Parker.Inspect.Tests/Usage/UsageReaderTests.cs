using Parker.Inspect.Kernels;
using Parker.Inspect.Tests.Synthetic;
using Parker.Inspect.Usage;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Usage;

public sealed class UsageReaderTests
{
    private readonly SyntheticKernel _kernel = new();

    [Fact]
    public void Usage_is_what_the_kernel_counts()
    {
        MeasuredKernel.Write(_kernel);
        KernelUsage usage = Open().Read();
        Assert.Equal([new CpuTimes(0, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9))], usage.Cpus);
        Assert.Equal(TimeSpan.FromSeconds(15), usage.Cpus[0].Busy);
        Assert.Equal((1.25, 0.5, 0.0), usage.Load);
        Assert.Equal((1000 * 4096UL, 400 * 4096UL, 300 * 4096UL), (usage.TotalBytes, usage.FreeBytes, usage.CachedBytes));

        // Each CPU adds its part later, so a counter may be below zero for a moment.
        Assert.Equal(0UL, usage.AnonymousBytes);
        Assert.Equal(50 * 4096UL, usage.SlabBytes);
    }

    [Fact]
    public void Cpu_that_comes_online_is_there_at_the_next_reading_which_needs_no_types()
    {
        MeasuredKernel.Write(_kernel);
        DiagnosticBag diagnostics = [];
        ApplicationKernel kernel = ApplicationKernel.TryOpen(_kernel.Memory, null, diagnostics)!;
        UsageReader reader = UsageReader.TryOpen(kernel, diagnostics)!;
        Assert.Single(reader.Read().Cpus);
        kernel.ForgetTypes();
        _kernel.Word(MeasuredKernel.OnlineMask, 3);
        MeasuredKernel.SetTimes(_kernel, 1, 7, 0, 0, 0, 0);
        int bytes = 0;
        _kernel.Memory.BeforeRead = (_, length) => bytes += length;
        Assert.Equal([15, 7], reader.Read().Cpus.Select(cpu => cpu.Busy.TotalSeconds));
        Assert.InRange(bytes, 1, 1000);
    }

    [Fact]
    public void Garbage_gives_no_time_that_cannot_be_added()
    {
        MeasuredKernel.Write(_kernel);
        MeasuredKernel.SetTimes(_kernel, 0, ulong.MaxValue / 1_000_000_000, ulong.MaxValue / 1_000_000_000, ulong.MaxValue / 1_000_000_000, 1, 1);
        _kernel.Half(MeasuredKernel.CpuCount, uint.MaxValue);
        Assert.Empty(Open().Read().Cpus);
        _kernel.Half(MeasuredKernel.CpuCount, 2);
        Assert.True(Open().Read().Cpus[0].Busy > TimeSpan.Zero);
    }

    [Fact]
    public void Kernel_without_its_counters_is_told_so()
    {
        SymbolTables.Write(_kernel, new TypeTables(), hasAbsoluteSymbols: true);
        DiagnosticBag diagnostics = [];
        Assert.Null(UsageReader.TryOpen(ApplicationKernel.TryOpen(_kernel.Memory, null, diagnostics)!, diagnostics));
        Assert.Equal("INS007", Assert.Single(diagnostics).Id);
    }

    private UsageReader Open()
    {
        DiagnosticBag diagnostics = [];
        UsageReader? reader = UsageReader.TryOpen(ApplicationKernel.TryOpen(_kernel.Memory, null, diagnostics)!, diagnostics);
        Assert.Empty(diagnostics);
        return reader!;
    }
}
