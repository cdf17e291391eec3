using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Parker.Machine;

/// <summary>The place of one PCI function: segment (Linux: domain), bus, device, function.</summary>
/// <remarks>Written as Linux does, <c>0000:81:00.0</c>; a segment above 0xffff (VMD) takes more digits. The segment may be left out when read: it is 0 then.</remarks>
public readonly record struct PciAddress : IComparable<PciAddress>, ISpanParsable<PciAddress>
{
    /// <summary>A function by its numbers.</summary>
    /// <param name="segment">The segment group; 16 bits from firmware, Linux numbers its own from 0x10000.</param>
    /// <param name="bus">0 to 255.</param>
    /// <param name="device">0 to 31.</param>
    /// <param name="function">0 to 7.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public PciAddress(uint segment, byte bus, byte device, byte function)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(device, 31);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(function, 7);
        Segment = segment;
        Bus = bus;
        Device = device;
        Function = function;
    }

    /// <summary>The segment group.</summary>
    public uint Segment { get; }

    /// <summary>The bus number, 0 to 255.</summary>
    public byte Bus { get; }

    /// <summary>The device number, 0 to 31.</summary>
    public byte Device { get; }

    /// <summary>The function number, 0 to 7.</summary>
    public byte Function { get; }

    /// <summary>The offset of this function's 4 KiB of configuration space from the ECAM address of bus 0 of its segment.</summary>
    /// <remarks>PCI Express Base Specification, "Enhanced Configuration Access Mechanism": bus in bits 27:20, device 19:15, function 14:12.</remarks>
    public ByteSize EcamOffset => new(((ulong)Bus << 20) | ((ulong)Device << 15) | ((ulong)Function << 12));

    /// <summary>Orders by segment, bus, device, function.</summary>
    public int CompareTo(PciAddress other)
    {
        int bySegment = Segment.CompareTo(other.Segment);
        return bySegment != 0 ? bySegment : EcamOffset.CompareTo(other.EcamOffset);
    }

    /// <summary>Whether the left address sorts first.</summary>
    public static bool operator <(PciAddress left, PciAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left address sorts last.</summary>
    public static bool operator >(PciAddress left, PciAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left address sorts first or is the same.</summary>
    public static bool operator <=(PciAddress left, PciAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left address sorts last or is the same.</summary>
    public static bool operator >=(PciAddress left, PciAddress right) => left.CompareTo(right) >= 0;

    /// <summary>The name of the function in sysfs, such as <c>0000:81:00.0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Segment:x4}:{Bus:x2}:{Device:x2}.{Function}");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static PciAddress Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads <c>0000:81:00.0</c> or <c>81:00.0</c>, hexadecimal, ignoring white space around it.</summary>
    /// <exception cref="FormatException">The text is no such address.</exception>
    public static PciAddress Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out PciAddress result)
            ? result
            : throw new FormatException($"'{s}' is not a PCI address. Write segment:bus:device.function in hexadecimal, such as 0000:81:00.0.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PciAddress result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PciAddress result)
    {
        result = default;
        s = s.Trim();
        int dot = s.LastIndexOf('.');
        if (dot < 0 || !TryParseField(s[(dot + 1)..], 1, 7, out uint function))
        {
            return false;
        }

        s = s[..dot];
        int deviceColon = s.LastIndexOf(':');
        if (deviceColon < 0 || !TryParseField(s[(deviceColon + 1)..], 2, 31, out uint device))
        {
            return false;
        }

        s = s[..deviceColon];
        int busColon = s.LastIndexOf(':');
        uint segment = 0;
        if (busColon >= 0 && !TryParseField(s[..busColon], 8, uint.MaxValue, out segment))
        {
            return false;
        }

        if (!TryParseField(s[(busColon + 1)..], 2, 255, out uint bus))
        {
            return false;
        }

        result = new PciAddress(segment, (byte)bus, (byte)device, (byte)function);
        return true;
    }

    private static bool TryParseField(ReadOnlySpan<char> text, int maxDigits, uint max, out uint value)
    {
        value = 0;
        return text.Length <= maxDigits && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value <= max;
    }
}
