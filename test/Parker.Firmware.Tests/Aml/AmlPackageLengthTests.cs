using CsCheck;
using Parker.Firmware.Aml;

namespace Parker.Firmware.Tests.Aml;

public sealed class AmlPackageLengthTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0x3F, 1)]
    [InlineData(0x40, 2)]
    [InlineData(0xFFF, 2)]
    [InlineData(0x1000, 3)]
    [InlineData(0xFFFFF, 3)]
    [InlineData(0x100000, 4)]
    [InlineData(0xFFFFFFF, 4)]
    public void Length_takes_the_fewest_bytes(int length, int bytes) => Assert.Equal(bytes, AmlPackageLength.Encode(length).Length);

    // The specification's own example of two bytes: the low 4 bits first.
    [Fact]
    public void Low_4_bits_are_in_the_first_byte() => Assert.Equal([0x4B, 0x12], AmlPackageLength.Encode(0x12B));

    [Theory]
    [InlineData(62, 63, 1)]
    [InlineData(63, 65, 2)]
    [InlineData(4093, 4095, 2)]
    [InlineData(4094, 4097, 3)]
    [InlineData(1048572, 1048575, 3)]
    [InlineData(1048573, 1048577, 4)]
    public void Length_of_a_term_counts_itself(int content, int length, int bytes)
    {
        byte[] encoding = AmlPackageLength.EncodeWithItself(content);
        Assert.True(AmlPackageLength.TryDecode(encoding, out int decoded, out int size));
        Assert.Equal((length, bytes), (decoded, size));
    }

    [Fact]
    public void Any_length_is_read_back() =>
        Gen.Select(Gen.Int[0, AmlPackageLength.Max], Gen.Int[0, 28], (value, shift) => value >> shift).Sample(length =>
            AmlPackageLength.TryDecode(AmlPackageLength.Encode(length), out int decoded, out int size) && decoded == length && size == AmlPackageLength.Encode(length).Length);

    [Fact]
    public void Content_length_is_read_back_around_all_boundaries() =>
        Assert.All(
            new[] { 0, 63, 4095, 0xFFFFF }.SelectMany(boundary => Enumerable.Range(boundary - 8, 16)).Where(content => content >= 0),
            content =>
            {
                byte[] encoding = AmlPackageLength.EncodeWithItself(content);
                Assert.True(AmlPackageLength.TryDecode(encoding, out int length, out int size));
                Assert.Equal(content, length - size);
                Assert.Equal(encoding.Length, size);
            });

    [Fact]
    public void Bytes_that_end_within_a_length_are_no_length()
    {
        Assert.False(AmlPackageLength.TryDecode([], out _, out _));
        Assert.False(AmlPackageLength.TryDecode([0xC0, 0, 0], out _, out _));
    }

    [Fact]
    public void Length_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => AmlPackageLength.Encode(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AmlPackageLength.Encode(AmlPackageLength.Max + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AmlPackageLength.EncodeWithItself(AmlPackageLength.Max));
    }
}
