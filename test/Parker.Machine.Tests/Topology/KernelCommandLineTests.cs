using CsCheck;
using Parker.Machine.Topology;

namespace Parker.Machine.Tests.Topology;

public sealed class KernelCommandLineTests
{
    [Fact]
    public void Parse_splits_at_white_space_in_order()
    {
        KernelCommandLine line = KernelCommandLine.Parse("BOOT_IMAGE=/vmlinuz  ro\tquiet console=tty0 console=ttyS0,115200\n");
        Assert.Equal([("BOOT_IMAGE", "/vmlinuz"), ("ro", null), ("quiet", null), ("console", "tty0"), ("console", "ttyS0,115200")], line.Parameters);
        Assert.Equal("BOOT_IMAGE=/vmlinuz  ro\tquiet console=tty0 console=ttyS0,115200", line.Text);
    }

    // Each row was worked out by hand from lib/cmdline.c (6.12), next_arg().
    [Theory]
    [InlineData("a=\"b c\" d", "a|b c", "d")]
    [InlineData("\"a=b c\" d", "a|b c", "d")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("a=b\"c d\"", "a|b\"c d\"")]
    [InlineData("a=\"", "a|")]
    [InlineData("a=\"\"", "a|")]
    [InlineData("a=", "a|")]
    [InlineData("a=\"b c", "a|b c")]
    [InlineData("\"", "")]
    [InlineData("=b", "=b")]
    [InlineData("=a=b", "=a|b")]
    [InlineData("a=b=c", "a|b=c")]
    [InlineData("\"a=\"b\"\"", "a|b\"")]
    [InlineData("memmap=4G$4G", "memmap|4G$4G")]
    [InlineData("a\u00a0b", "a\u00a0b")]
    public void Parse_quotes_as_the_kernel_does(string text, params string[] expected) =>
        Assert.Equal(expected, KernelCommandLine.Parse(text).Parameters.Select(parameter => parameter.Value is null ? parameter.Name : $"{parameter.Name}|{parameter.Value}"));

    [Theory]
    [InlineData("a -- b")]
    [InlineData("a \"--\" b")]
    public void Parse_leaves_the_parameters_of_init_out(string text)
    {
        KernelCommandLine line = KernelCommandLine.Parse(text);
        Assert.False(line.Has("b"));
        Assert.Equal(text, line.Text);
    }

    [Fact]
    public void Last_of_several_is_the_last_value()
    {
        KernelCommandLine line = KernelCommandLine.Parse("maxcpus=2 nosmt maxcpus=4 maxcpus");
        Assert.Null(line.Last("maxcpus"));
        Assert.Equal(["2", "4", ""], line.All("maxcpus"));
        Assert.True(line.Has("nosmt"));
        Assert.Null(line.Last("nosmt"));
        Assert.Null(line.Last("absent"));
        Assert.False(line.Has("absent"));
        Assert.Empty(line.All("absent"));
    }

    [Fact]
    public void Names_with_dashes_and_underscores_are_the_same()
    {
        KernelCommandLine line = KernelCommandLine.Parse("no-ipi-broadcast=1");
        Assert.Equal("1", line.Last("no_ipi_broadcast"));
        Assert.False(line.Has("NO_IPI_BROADCAST"));
    }

    [Fact]
    public void Parse_hostile_text_never_throws() => Any.HostileText.Sample(text =>
    {
        KernelCommandLine line = KernelCommandLine.Parse(text);
        Assert.Equal(line.Parameters, KernelCommandLine.Parse(line.ToString()).Parameters);
        foreach ((string name, string? _) in line.Parameters)
        {
            Assert.True(line.Has(name));
        }
    });

    [Fact]
    public void Parse_words_without_quotes_gives_each_back() =>
        Gen.String["abc_-.,$%0123456789=/"].Where(word => word.Length > 0 && word != "--").Array[0, 20].Sample(words =>
            Assert.Equal(words, KernelCommandLine.Parse(string.Join(' ', words)).Parameters.Select(parameter => parameter.Value is null ? parameter.Name : $"{parameter.Name}={parameter.Value}")));
}
