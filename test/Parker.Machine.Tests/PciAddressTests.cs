using CsCheck;

namespace Parker.Machine.Tests;

public sealed class PciAddressTests
{
    [Theory]
    [InlineData("0000:81:00.0", 0u, 0x81, 0, 0)]
    [InlineData("81:00.0", 0u, 0x81, 0, 0)]
    [InlineData("81:1f.7", 0u, 0x81, 31, 7)]
    [InlineData("1:2.3", 0u, 1, 2, 3)]
    [InlineData("FFFF:FF:1F.7\n", 0xffffu, 255, 31, 7)]
    [InlineData("10000:01:00.0", 0x10000u, 1, 0, 0)]
    [InlineData("ffffffff:00:00.0", 0xffffffffu, 0, 0, 0)]
    public void Parse_linux_name_gives_address(string text, uint segment, int bus, int device, int function) =>
        Assert.Equal(new PciAddress(segment, (byte)bus, (byte)device, (byte)function), PciAddress.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("::.")]
    [InlineData("0000:81:00")]
    [InlineData("0000:81:00.8")]
    [InlineData("0000:81:20.0")]
    [InlineData("0000:100:00.0")]
    [InlineData("100000000:00:00.0")]
    [InlineData(":00:00.0")]
    [InlineData("00.0")]
    [InlineData("0000:81:00.00")]
    [InlineData("0000:81:00.0.0")]
    [InlineData("0000:00:81:00.0")]
    [InlineData("0000:8g:00.0")]
    [InlineData("0000:81:-1.0")]
    [InlineData("0000:81: 1.0")]
    public void TryParse_other_text_is_refused(string text)
    {
        Assert.False(PciAddress.TryParse(text, null, out PciAddress address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => PciAddress.Parse(text));
    }

    [Fact]
    public void Print_then_parse_gives_the_same_address() => Any.Pci.Sample(address => PciAddress.Parse(address.ToString()) == address);

    [Fact]
    public void TryParse_hostile_text_never_throws() => Any.HostileText.Sample(text =>
    {
        bool parsed = PciAddress.TryParse(text, null, out PciAddress address);
        Assert.True(!parsed || PciAddress.Parse(address.ToString()) == address);
    });

    [Fact]
    public void Order_is_by_segment_bus_device_function() => Gen.Select(Any.Pci, Any.Pci).Sample((left, right) =>
    {
        int expected = (left.Segment, left.Bus, left.Device, left.Function).CompareTo((right.Segment, right.Bus, right.Device, right.Function));
        Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
        Assert.True((left < right) == (expected < 0) && (left > right) == (expected > 0) && (left <= right) == (expected <= 0) && (left >= right) == (expected >= 0));
    });

    [Theory]
    [InlineData("00:00.0", 0UL)]
    [InlineData("00:00.7", 0x7000UL)]
    [InlineData("00:1f.0", 0xf8000UL)]
    [InlineData("0001:ff:1f.7", 0xffff000UL)]
    public void EcamOffset_follows_the_specification(string address, ulong offset) => Assert.Equal(offset, PciAddress.Parse(address).EcamOffset.Bytes);

    [Fact]
    public void Constructor_number_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PciAddress(0, 0, 32, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PciAddress(0, 0, 0, 8));
    }
}
