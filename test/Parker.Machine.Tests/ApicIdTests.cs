using CsCheck;

namespace Parker.Machine.Tests;

public sealed class ApicIdTests
{
    [Theory]
    [InlineData(0u, true)]
    [InlineData(254u, true)]
    [InlineData(255u, false)]
    [InlineData(256u, false)]
    [InlineData(uint.MaxValue, false)]
    public void FitsXapic_only_below_the_broadcast_id(uint value, bool fits) => Assert.Equal(fits, new ApicId(value).FitsXapic);

    [Fact]
    public void Order_follows_the_number() => Gen.Select(Gen.UInt, Gen.UInt[0, 300]).Sample((left, right) =>
    {
        ApicId a = new(left);
        ApicId b = new(right);
        Assert.Equal(left.CompareTo(right), a.CompareTo(b));
        Assert.True((a < b) == (left < right) && (a > b) == (left > right) && (a <= b) == (left <= right) && (a >= b) == (left >= right));
    });

    [Fact]
    public void ToString_is_decimal() => Assert.Equal("4294967295", new ApicId(uint.MaxValue).ToString());
}
