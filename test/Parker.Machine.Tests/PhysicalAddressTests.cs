using CsCheck;

namespace Parker.Machine.Tests;

public sealed class PhysicalAddressTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("0x0", 0UL)]
    [InlineData("4096", 4096UL)]
    [InlineData("0xfee00000", 0xfee00000UL)]
    [InlineData("0XFEE00000", 0xfee00000UL)]
    [InlineData("0xffffffffffffffff", ulong.MaxValue)]
    public void Parse_accepted_spelling_gives_address(string text, ulong value) => Assert.Equal(value, PhysicalAddress.Parse(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("fee00000")]
    [InlineData("-1")]
    [InlineData("0x-1")]
    [InlineData("0x1g")]
    [InlineData("0x10000000000000000")]
    [InlineData("1 2")]
    public void TryParse_other_text_is_refused(string text)
    {
        Assert.False(PhysicalAddress.TryParse(text, null, out PhysicalAddress address));
        Assert.Equal(PhysicalAddress.Zero, address);
        Assert.Throws<FormatException>(() => PhysicalAddress.Parse(text));
    }

    [Fact]
    public void Print_then_parse_gives_the_same_address() => Any.Address.Sample(address => PhysicalAddress.Parse(address.ToString()) == address);

    [Fact]
    public void TryParse_hostile_text_never_throws() => Any.HostileText.Sample(text =>
    {
        bool parsed = PhysicalAddress.TryParse(text, null, out PhysicalAddress address);
        Assert.True(!parsed || PhysicalAddress.Parse(address.ToString()) == address);
    });

    [Fact]
    public void Distance_undoes_addition() => Gen.Select(Any.Address, Any.Size).Sample((address, size) =>
    {
        if (address.Value > ulong.MaxValue - size.Bytes)
        {
            Assert.Throws<OverflowException>(() => address + size);
        }
        else
        {
            Assert.Equal(size, address + size - address);
            Assert.Equal(address, address + size - size);
        }
    });

    [Fact]
    public void Subtraction_below_zero_is_refused()
    {
        Assert.Throws<OverflowException>(() => PhysicalAddress.Zero - new ByteSize(1));
        Assert.Throws<OverflowException>(() => PhysicalAddress.OneMebibyte - PhysicalAddress.FourGibibytes);
    }

    [Fact]
    public void Aligned_down_is_aligned_and_less_than_one_unit_away() => Gen.Select(Any.Address, Any.Alignment).Sample((address, alignment) =>
    {
        PhysicalAddress down = address.AlignDown(alignment);
        Assert.True(down.IsAligned(alignment));
        Assert.True(down <= address && address - down < alignment);
        Assert.Equal(address == down, address.IsAligned(alignment));
    });
}
