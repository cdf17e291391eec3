using CsCheck;

namespace Parker.Machine.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("17", 17UL)]
    [InlineData("17B", 17UL)]
    [InlineData("4096", 4096UL)]
    [InlineData("1K", 1024UL)]
    [InlineData("512M", 512UL << 20)]
    [InlineData("512m", 512UL << 20)]
    [InlineData("4G", 4UL << 30)]
    [InlineData("4GiB", 4UL << 30)]
    [InlineData("4 GiB", 4UL << 30)]
    [InlineData("  4G\n", 4UL << 30)]
    [InlineData("3T", 3UL << 40)]
    [InlineData("2P", 2UL << 50)]
    [InlineData("15E", 15UL << 60)]
    [InlineData("0x1000", 4096UL)]
    [InlineData("0X10K", 16384UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0E", 0UL)]
    public void Parse_accepted_spelling_gives_bytes(string text, ulong bytes) => Assert.Equal(bytes, ByteSize.Parse(text).Bytes);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("G")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5G")]
    [InlineData("1,024")]
    [InlineData("4GB")]
    [InlineData("4Gib")]
    [InlineData("4GG")]
    [InlineData("4Gi")]
    [InlineData("0x")]
    [InlineData("1Q")]
    [InlineData("16E")]
    [InlineData("18446744073709551616")]
    [InlineData("0x10000000000000000")]
    [InlineData("4G 4G")]
    [InlineData("٤G")]
    public void TryParse_other_text_is_refused(string text)
    {
        Assert.False(ByteSize.TryParse(text, null, out ByteSize size));
        Assert.Equal(ByteSize.Zero, size);
        Assert.Contains(text, Assert.Throws<FormatException>(() => ByteSize.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_then_parse_gives_the_same_size() => Any.Size.Sample(size =>
        ByteSize.Parse(size.ToString()) == size && ByteSize.Parse(size.ToKernelParameter()) == size);

    [Fact]
    public void TryParse_hostile_text_never_throws() => Any.HostileText.Sample(text =>
    {
        bool parsed = ByteSize.TryParse(text, null, out ByteSize size);
        Assert.True(!parsed || ByteSize.Parse(size.ToString()) == size);
    });

    [Theory]
    [InlineData(0UL, "0 B")]
    [InlineData(1023UL, "1023 B")]
    [InlineData(1024UL, "1 KiB")]
    [InlineData(1536UL << 20, "1.5 GiB")]
    [InlineData(16UL << 30, "16 GiB")]
    [InlineData((1UL << 30) - 1, "1 GiB")]
    [InlineData(ulong.MaxValue, "16 EiB")]
    public void ToDisplayString_rounds_to_one_decimal(ulong bytes, string text) => Assert.Equal(text, new ByteSize(bytes).ToDisplayString());

    [Theory]
    [InlineData(0UL, "0B", "0")]
    [InlineData(17UL, "17B", "17")]
    [InlineData(1536UL << 20, "1536MiB", "1536M")]
    [InlineData(4UL << 30, "4GiB", "4G")]
    [InlineData(1UL << 63, "8EiB", "8E")]
    public void ToString_is_exact_in_the_largest_dividing_unit(ulong bytes, string text, string parameter)
    {
        Assert.Equal(text, new ByteSize(bytes).ToString());
        Assert.Equal(parameter, new ByteSize(bytes).ToKernelParameter());
    }

    [Fact]
    public void Align_gives_the_nearest_multiples() => Gen.Select(Any.Size, Any.Alignment).Sample((size, alignment) =>
    {
        UInt128 unit = alignment.Bytes;
        UInt128 up = ((size.Bytes + unit - 1) / unit) * unit;
        Assert.Equal((ulong)(size.Bytes / unit * unit), size.AlignDown(alignment).Bytes);
        if (up <= ulong.MaxValue)
        {
            Assert.Equal((ulong)up, size.AlignUp(alignment).Bytes);
        }
        else
        {
            Assert.Throws<OverflowException>(() => size.AlignUp(alignment));
        }
    });

    [Theory]
    [InlineData(0UL)]
    [InlineData(3UL)]
    [InlineData(4097UL)]
    public void Align_to_no_power_of_two_is_refused(ulong alignment)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteSize.Page.AlignUp(new ByteSize(alignment)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ByteSize.Page.AlignDown(new ByteSize(alignment)));
    }

    [Fact]
    public void Arithmetic_is_checked()
    {
        ByteSize max = new(ulong.MaxValue);
        Assert.Throws<OverflowException>(() => max + new ByteSize(1));
        Assert.Throws<OverflowException>(() => ByteSize.Zero - new ByteSize(1));
        Assert.Throws<OverflowException>(() => max * 2);
        Assert.Throws<OverflowException>(() => ByteSize.FromGibibytes(1UL << 34));
        Assert.Throws<DivideByZeroException>(() => max / ByteSize.Zero);
        Assert.Equal(3UL, new ByteSize(13) / new ByteSize(4));
        Assert.Equal(ByteSize.FromMebibytes(1), ByteSize.FromKibibytes(1024));
    }

    [Fact]
    public void Order_follows_bytes() => Gen.Select(Any.Size, Any.Size).Sample((left, right) =>
        (left < right) == (left.Bytes < right.Bytes) && (left > right) == (left.Bytes > right.Bytes)
        && (left <= right) == (left.Bytes <= right.Bytes) && (left >= right) == (left.Bytes >= right.Bytes)
        && Math.Sign(left.CompareTo(right)) == Math.Sign(left.Bytes.CompareTo(right.Bytes)));
}
