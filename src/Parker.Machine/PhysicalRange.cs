using System.Globalization;

namespace Parker.Machine;

/// <summary>A run of bytes in one physical address space: <see cref="Start"/> and a length; may be empty.</summary>
/// <remarks>Prints with its last byte, as <c>/proc/iomem</c> does: <c>0x1000-0x1fff</c>.</remarks>
public readonly record struct PhysicalRange : IComparable<PhysicalRange>
{
    /// <summary>The range of <paramref name="length"/> bytes from <paramref name="start"/>.</summary>
    /// <exception cref="OverflowException">The range ends above 2^64 - 1.</exception>
    public PhysicalRange(PhysicalAddress start, ByteSize length)
    {
        _ = start + length;
        Start = start;
        Length = length;
    }

    /// <summary>The first byte.</summary>
    public PhysicalAddress Start { get; }

    /// <summary>The number of bytes.</summary>
    public ByteSize Length { get; }

    /// <summary>The first byte after the range.</summary>
    public PhysicalAddress End => Start + Length;

    /// <summary>The last byte of a range that is not empty.</summary>
    /// <exception cref="OverflowException">The range is empty and starts at 0.</exception>
    public PhysicalAddress Last => End - new ByteSize(1);

    /// <summary>Whether the range has no bytes.</summary>
    public bool IsEmpty => Length.Bytes == 0;

    /// <summary>The range from <paramref name="start"/> up to and not with <paramref name="end"/>.</summary>
    /// <exception cref="OverflowException"><paramref name="end"/> lies below <paramref name="start"/>.</exception>
    public static PhysicalRange FromBounds(PhysicalAddress start, PhysicalAddress end) => new(start, end - start);

    /// <summary>The range from <paramref name="first"/> up to and with <paramref name="last"/>, the way <c>/proc/iomem</c> writes it.</summary>
    /// <exception cref="OverflowException"><paramref name="last"/> lies below <paramref name="first"/>, or is 2^64 - 1.</exception>
    public static PhysicalRange FromInclusive(PhysicalAddress first, PhysicalAddress last) => FromBounds(first, last + new ByteSize(1));

    /// <summary>Whether <paramref name="address"/> lies in the range.</summary>
    public bool Contains(PhysicalAddress address) => address >= Start && address < End;

    /// <summary>Whether every byte of <paramref name="other"/> lies in the range. An empty range lies in every range.</summary>
    public bool Contains(PhysicalRange other) => other.IsEmpty || (other.Start >= Start && other.End <= End);

    /// <summary>Whether the two have a byte in common.</summary>
    public bool Overlaps(PhysicalRange other) => !IsEmpty && !other.IsEmpty && Start < other.End && other.Start < End;

    /// <summary>The bytes that both have; empty at this range's start where there are none.</summary>
    public PhysicalRange Intersect(PhysicalRange other) =>
        Overlaps(other)
            ? FromBounds(Start > other.Start ? Start : other.Start, End < other.End ? End : other.End)
            : new PhysicalRange(Start, ByteSize.Zero);

    /// <summary>The part that starts and ends on multiples of <paramref name="alignment"/>; may be empty.</summary>
    /// <param name="alignment">A power of two.</param>
    public PhysicalRange AlignInward(ByteSize alignment)
    {
        PhysicalAddress end = End.AlignDown(alignment);
        if (Start > end)
        {
            return new PhysicalRange(Start, ByteSize.Zero);
        }

        PhysicalAddress start = Start.AlignUp(alignment);
        return start < end ? FromBounds(start, end) : new PhysicalRange(Start, ByteSize.Zero);
    }

    /// <summary>Orders by start, then by length.</summary>
    public int CompareTo(PhysicalRange other)
    {
        int byStart = Start.CompareTo(other.Start);
        return byStart != 0 ? byStart : Length.CompareTo(other.Length);
    }

    /// <summary>Whether the left range sorts first.</summary>
    public static bool operator <(PhysicalRange left, PhysicalRange right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left range sorts last.</summary>
    public static bool operator >(PhysicalRange left, PhysicalRange right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left range sorts first or is the same.</summary>
    public static bool operator <=(PhysicalRange left, PhysicalRange right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left range sorts last or is the same.</summary>
    public static bool operator >=(PhysicalRange left, PhysicalRange right) => left.CompareTo(right) >= 0;

    /// <summary>First and last byte, such as <c>0x1000-0x1fff</c>; <c>0x1000 (empty)</c> for an empty range.</summary>
    public override string ToString() => IsEmpty ? $"{Start} (empty)" : $"{Start}-{Last}";

    /// <summary>Reads two hexadecimal addresses, first and last byte, with or without <c>0x</c>: <c>00001000-0009fbff</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PhysicalRange range)
    {
        range = default;
        int dash = text.IndexOf('-');
        if (dash < 0 || !TryParseHexadecimal(text[..dash], out ulong first) || !TryParseHexadecimal(text[(dash + 1)..], out ulong last)
            || last < first || last == ulong.MaxValue)
        {
            return false;
        }

        range = FromInclusive(new PhysicalAddress(first), new PhysicalAddress(last));
        return true;
    }

    /// <summary>Reads what <see cref="TryParse"/> reads.</summary>
    /// <exception cref="FormatException">The text is no such range.</exception>
    public static PhysicalRange Parse(string text) =>
        TryParse(text, out PhysicalRange range)
            ? range
            : throw new FormatException($"'{text}' is not a physical range. Write its first and last byte in hexadecimal, such as 0x1000-0x1fff.");

    private static bool TryParseHexadecimal(ReadOnlySpan<char> text, out ulong value)
    {
        text = text.Trim();
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        return ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }
}
