using Parker.Inspect.Kernels;
using Parker.Inspect.Symbols;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Symbols;

public sealed class KernelSymbolsTests
{
    private static readonly string LongName = new('n', 300);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Symbols_are_found_in_both_forms_of_offsets(bool hasAbsoluteSymbols)
    {
        SyntheticKernel kernel = new();
        SymbolTables.Write(kernel, new TypeTables(), hasAbsoluteSymbols, ("runqueues", 0x36040), ("init_task", SyntheticKernel.Image + 0x5000), (LongName, SyntheticKernel.Image + 8));
        DiagnosticBag diagnostics = [];
        KernelSymbols symbols = ApplicationKernel.TryOpen(kernel.Memory, null, diagnostics)!.TryOpenSymbols(diagnostics)!;
        Assert.Empty(diagnostics);
        Assert.Equal(5, symbols.Count);
        Assert.Equal(SyntheticKernel.Image + 0x5000, symbols.Find("init_task")!.Value.Value);
        Assert.Equal(SyntheticKernel.Image + 8, symbols.Find(LongName)!.Value.Value);
        Assert.Null(symbols.Find("nothing"));
        if (hasAbsoluteSymbols)
        {
            Assert.Equal(0x36040UL, symbols.Find("runqueues")!.Value.Value);
        }
    }

    [Fact]
    public void Kernel_that_does_not_name_its_tables_gets_a_diagnostic()
    {
        DiagnosticBag diagnostics = [];
        Assert.Null(ApplicationKernel.TryOpen(new SyntheticKernel().Memory, null, diagnostics)!.TryOpenSymbols(diagnostics));
        Assert.Equal("INS005", Assert.Single(diagnostics).Id);
    }
}
