using CsCheck;

namespace Parker.Machine.Tests;

public sealed class PhysicalRangeTests
{
    [Theory]
    [InlineData("00001000-0009fbff", 0x1000UL, 0x9fc00UL)]
    [InlineData("0x1000-0x1fff", 0x1000UL, 0x2000UL)]
    [InlineData(" 0 - 0 ", 0UL, 1UL)]
    [InlineData("100000000-fffffffffffffffe", 0x100000000UL, ulong.MaxValue)]
    public void Parse_first_and_last_byte_gives_range(string text, ulong start, ulong end) =>
        Assert.Equal(PhysicalRange.FromBounds(new(start), new(end)), PhysicalRange.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1000")]
    [InlineData("1000-")]
    [InlineData("-1000")]
    [InlineData("2000-1fff")]
    [InlineData("1-2-3")]
    [InlineData("0-ffffffffffffffff")]
    [InlineData("0-10000000000000000")]
    public void TryParse_other_text_is_refused(string text)
    {
        Assert.False(PhysicalRange.TryParse(text, out PhysicalRange range));
        Assert.Equal(default, range);
        Assert.Throws<FormatException>(() => PhysicalRange.Parse(text));
    }

    [Fact]
    public void Print_then_parse_gives_the_same_range() => Any.Range.Sample(range => range.IsEmpty || PhysicalRange.Parse(range.ToString()) == range);

    [Fact]
    public void TryParse_hostile_text_never_throws() => Any.HostileText.Sample(text =>
    {
        bool parsed = PhysicalRange.TryParse(text, out PhysicalRange range);
        Assert.True(!parsed || PhysicalRange.Parse(range.ToString()) == range);
    });

    [Fact]
    public void Constructor_range_beyond_the_address_space_is_refused() =>
        Assert.Throws<OverflowException>(() => new PhysicalRange(new(ulong.MaxValue), new(1)));

    [Fact]
    public void Intersection_holds_exactly_what_both_hold() => Gen.Select(Any.Range, Any.Range, Any.Address).Sample((left, right, address) =>
    {
        PhysicalRange both = left.Intersect(right);
        Assert.Equal(left.Overlaps(right), !both.IsEmpty);
        Assert.Equal(left.Overlaps(right), right.Overlaps(left));
        Assert.True(left.Contains(both) && right.Contains(both));
        foreach (PhysicalAddress probe in (PhysicalAddress[])[address, left.Start, right.Start, left.End, right.End])
        {
            Assert.Equal(left.Contains(probe) && right.Contains(probe), both.Contains(probe));
        }
    });

    [Fact]
    public void AlignInward_gives_the_largest_aligned_part() => Gen.Select(Any.Range, Any.Alignment).Sample((range, alignment) =>
    {
        PhysicalRange aligned = range.AlignInward(alignment);
        Assert.True(range.Contains(aligned));
        UInt128 unit = alignment.Bytes;
        UInt128 first = (range.Start.Value + unit - 1) / unit;
        UInt128 end = range.End.Value / unit;
        Assert.Equal(end > first ? (ulong)((end - first) * unit) : 0, aligned.Length.Bytes);
        Assert.True(aligned.IsEmpty || aligned.Start.IsAligned(alignment));
    });

    [Fact]
    public void Contains_range_means_every_byte()
    {
        PhysicalRange range = PhysicalRange.Parse("1000-1fff");
        Assert.True(range.Contains(PhysicalRange.Parse("1000-1fff")));
        Assert.False(range.Contains(PhysicalRange.Parse("1000-2000")));
        Assert.False(range.Contains(PhysicalRange.Parse("fff-1000")));
        Assert.True(range.Contains(new PhysicalRange(new(0x9000), ByteSize.Zero)));
        Assert.Equal(new PhysicalAddress(0x1fff), range.Last);
    }

    [Fact]
    public void Empty_range_prints_as_empty_and_overlaps_nothing()
    {
        PhysicalRange empty = new(new(0x1000), ByteSize.Zero);
        Assert.Equal("0x1000 (empty)", empty.ToString());
        Assert.False(empty.Overlaps(PhysicalRange.Parse("0-ffff")));
        Assert.False(empty.Contains(new PhysicalAddress(0x1000)));
    }

    [Fact]
    public void Order_is_by_start_then_length() => Gen.Select(Any.Range, Any.Range).Sample((left, right) =>
    {
        int expected = (left.Start.Value, left.Length.Bytes).CompareTo((right.Start.Value, right.Length.Bytes));
        Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
        Assert.True((left < right) == (expected < 0) && (left > right) == (expected > 0) && (left <= right) == (expected <= 0) && (left >= right) == (expected >= 0));
    });
}
