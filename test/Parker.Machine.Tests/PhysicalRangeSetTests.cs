using System.Numerics;
using CsCheck;

namespace Parker.Machine.Tests;

/// <summary>The algebra against a model: one bit for each of 64 bytes.</summary>
public sealed class PhysicalRangeSetTests
{
    private static readonly Gen<PhysicalRange> SmallRange =
        Gen.Select(Gen.Int[0, 63], Gen.Int[0, 63], (left, right) => PhysicalRange.FromBounds(new((ulong)Math.Min(left, right)), new((ulong)Math.Max(left, right))));

    private static readonly Gen<PhysicalRange[]> SmallRanges = SmallRange.Array[0, 8];

    private static readonly Gen<ulong> Model = Gen.OneOf(Gen.ULong, Gen.Select(Gen.ULong, Gen.ULong, (left, right) => left & right), Gen.Const(0UL), SmallRanges.Select(Bits));

    [Fact]
    public void Of_any_ranges_is_their_union_in_canonical_form() => SmallRanges.Sample(ranges =>
    {
        PhysicalRangeSet set = PhysicalRangeSet.Of(ranges);
        Assert.Equal(Bits(ranges), Bits(set));
        AssertCanonical(set);
        Assert.Equal(set, FromBits(Bits(ranges)));
        Assert.Equal(set.GetHashCode(), FromBits(Bits(ranges)).GetHashCode());
    });

    [Fact]
    public void Algebra_matches_the_bitmap() => Gen.Select(Model, Model).Sample((left, right) =>
    {
        PhysicalRangeSet a = FromBits(left);
        PhysicalRangeSet b = FromBits(right);
        AssertSame(left | right, a.Union(b));
        AssertSame(left & right, a.Intersect(b));
        AssertSame(left & ~right, a.Subtract(b));
        Assert.Equal((left & right) != 0, a.Overlaps(b));
        Assert.Equal((right & ~left) == 0, a.Contains(b));
        Assert.Equal(left == right, a.Equals(b));
        Assert.Equal((ulong)BitOperations.PopCount(left), a.TotalLength.Bytes);
        Assert.Equal(left == 0, a.IsEmpty);
    });

    [Fact]
    public void Algebra_with_one_range_matches_the_bitmap() => Gen.Select(Model, SmallRange).Sample((left, range) =>
    {
        PhysicalRangeSet set = FromBits(left);
        ulong right = Bits([range]);
        AssertSame(left | right, set.Union(range));
        AssertSame(left & right, set.Intersect(range));
        AssertSame(left & ~right, set.Subtract(range));
        Assert.Equal((left & right) != 0, set.Overlaps(range));
        Assert.Equal((right & ~left) == 0, set.Contains(range));
        Assert.Equal((left >> (int)range.Start.Value & 1) != 0, set.Contains(range.Start));
    });

    [Fact]
    public void Align_keeps_the_whole_units_of_each_range() => Gen.Select(Model, Gen.Int[0, 6]).Sample((bits, shift) =>
    {
        int unit = 1 << shift;
        ulong expected = 0;
        for (int at = 0; at + unit <= 64; at += unit)
        {
            ulong mask = (unit == 64 ? ulong.MaxValue : (1UL << unit) - 1) << at;
            expected |= (bits & mask) == mask ? mask : 0;
        }

        AssertSame(expected, FromBits(bits).Align(new ByteSize((ulong)unit)));
    });

    [Fact]
    public void FirstFit_and_BestFit_match_the_bitmap() => Gen.Select(Model, Gen.Int[1, 20], Gen.Int[0, 4]).Sample((bits, length, shift) =>
    {
        int? first = null;
        (int Holder, int Place)? best = null;
        for (int start = 0; start + length <= 64; start += 1 << shift)
        {
            if (!Enumerable.Range(start, length).All(at => (bits >> at & 1) != 0))
            {
                continue;
            }

            first ??= start;
            int low = start;
            int high = start;
            while (low > 0 && (bits >> (low - 1) & 1) != 0)
            {
                low--;
            }

            while (high < 64 && (bits >> high & 1) != 0)
            {
                high++;
            }

            if (best is null || high - low < best.Value.Holder)
            {
                best = (high - low, start);
            }
        }

        PhysicalRangeSet set = FromBits(bits);
        ByteSize size = new((ulong)length);
        ByteSize alignment = new(1UL << shift);
        Assert.Equal(Place(first), set.FirstFit(size, alignment));
        Assert.Equal(Place(best?.Place), set.BestFit(size, alignment));

        PhysicalRange? Place(int? start) => start is int at ? new PhysicalRange(new((ulong)at), size) : null;
    });

    [Fact]
    public void Fit_near_the_end_of_the_address_space_does_not_overflow()
    {
        PhysicalRangeSet set = PhysicalRangeSet.Of(PhysicalRange.FromBounds(new(ulong.MaxValue - 10), new(ulong.MaxValue)));
        Assert.Null(set.FirstFit(new(1), ByteSize.FromGibibytes(1)));
        Assert.Equal(new PhysicalAddress(ulong.MaxValue - 7), set.FirstFit(new(7), new(8))!.Value.Start);
        Assert.Null(set.BestFit(new(8), new(8)));
    }

    [Fact]
    public void Fit_of_no_bytes_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PhysicalRangeSet.Empty.FirstFit(ByteSize.Zero, ByteSize.Page));
        Assert.Throws<ArgumentOutOfRangeException>(() => PhysicalRangeSet.Empty.BestFit(ByteSize.Zero, ByteSize.Page));
    }

    [Fact]
    public void Large_sets_keep_the_laws() => Gen.Select(Any.Range.Array[0, 30], Any.Range.Array[0, 30]).Sample((left, right) =>
    {
        PhysicalRangeSet a = PhysicalRangeSet.Of(left);
        PhysicalRangeSet b = PhysicalRangeSet.Of(right);
        AssertCanonical(a.Union(b));
        Assert.Equal(a.Union(b), b.Union(a));
        Assert.Equal(a.Intersect(b), b.Intersect(a));
        Assert.Equal(a, a.Subtract(b).Union(a.Intersect(b)));
        Assert.False(a.Subtract(b).Overlaps(b));
        Assert.Equal(a.Union(b).TotalLength.Bytes + (UInt128)a.Intersect(b).TotalLength.Bytes, a.TotalLength.Bytes + (UInt128)b.TotalLength.Bytes);
    });

    [Fact]
    public void ToString_lists_the_ranges() =>
        Assert.Equal("0x1000-0x1fff,0x3000-0x3fff", PhysicalRangeSet.Of(PhysicalRange.Parse("3000-3fff"), PhysicalRange.Parse("1000-1fff")).ToString());

    private static void AssertSame(ulong expected, PhysicalRangeSet actual)
    {
        AssertCanonical(actual);
        Assert.Equal(expected, Bits(actual));
    }

    private static void AssertCanonical(PhysicalRangeSet set)
    {
        for (int i = 0; i < set.Count; i++)
        {
            Assert.False(set[i].IsEmpty);
            Assert.True(i == 0 || set[i - 1].End < set[i].Start);
        }
    }

    private static ulong Bits(IEnumerable<PhysicalRange> ranges)
    {
        ulong bits = 0;
        foreach (PhysicalRange range in ranges)
        {
            for (ulong at = range.Start.Value; at < range.End.Value; at++)
            {
                bits |= 1UL << (int)at;
            }
        }

        return bits;
    }

    private static PhysicalRangeSet FromBits(ulong bits) =>
        PhysicalRangeSet.Of(Enumerable.Range(0, 64).Where(at => (bits >> at & 1) != 0).Select(at => new PhysicalRange(new((ulong)at), new(1))));
}
