using CsCheck;

namespace Parker.Machine.Tests;

public sealed class PciBusRangeTests
{
    private static readonly Gen<PciBusRange> AnyRange =
        Gen.Select(Gen.UInt[0, 1], Gen.Byte, Gen.Byte, (segment, left, right) => new PciBusRange(segment, Math.Min(left, right), Math.Max(left, right)));

    [Fact]
    public void Relations_match_sets_of_buses() => Gen.Select(AnyRange, AnyRange).Sample((left, right) =>
    {
        HashSet<(uint, int)> a = [.. Enumerable.Range(left.First, left.Count).Select(bus => (left.Segment, bus))];
        HashSet<(uint, int)> b = [.. Enumerable.Range(right.First, right.Count).Select(bus => (right.Segment, bus))];
        Assert.Equal(a.IsSupersetOf(b), left.Contains(right));
        Assert.Equal(a.Overlaps(b), left.Overlaps(right));
        Assert.Equal(a.Contains((right.Segment, right.First)), left.Contains(new PciAddress(right.Segment, right.First, 31, 7)));
    });

    [Fact]
    public void Count_of_all_buses_is_256() => Assert.Equal(256, new PciBusRange(0, 0, 255).Count);

    [Theory]
    [InlineData(0u, 1, 1, "0000:01")]
    [InlineData(0u, 1, 3, "0000:01-03")]
    [InlineData(0x10000u, 0, 255, "10000:00-ff")]
    public void ToString_is_segment_and_buses(uint segment, int first, int last, string text) =>
        Assert.Equal(text, new PciBusRange(segment, (byte)first, (byte)last).ToString());
}
