using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Parker.Machine;

/// <summary>A number of bytes.</summary>
/// <remarks>
/// Units are binary in every spelling: <c>4G</c>, <c>4GiB</c> and <c>4g</c> are 4 x 2^30 bytes, as the kernel's command line reads them.
/// <see cref="ToString"/> is exact and can be parsed again; <see cref="ToDisplayString"/> rounds for people.
/// </remarks>
/// <param name="Bytes">The number of bytes.</param>
public readonly record struct ByteSize(ulong Bytes) : IComparable<ByteSize>, ISpanParsable<ByteSize>
{
    private const string Units = "KMGTPE";

    /// <summary>No bytes.</summary>
    public static ByteSize Zero => default;

    /// <summary>The base page of x86-64: 4 KiB.</summary>
    public static ByteSize Page => new(4096);

    /// <summary><paramref name="count"/> x 2^10 bytes.</summary>
    public static ByteSize FromKibibytes(ulong count) => new(checked(count * (1UL << 10)));

    /// <summary><paramref name="count"/> x 2^20 bytes.</summary>
    public static ByteSize FromMebibytes(ulong count) => new(checked(count * (1UL << 20)));

    /// <summary><paramref name="count"/> x 2^30 bytes.</summary>
    public static ByteSize FromGibibytes(ulong count) => new(checked(count * (1UL << 30)));

    /// <summary>The sum; checked.</summary>
    public static ByteSize operator +(ByteSize left, ByteSize right) => new(checked(left.Bytes + right.Bytes));

    /// <summary>The difference; checked.</summary>
    public static ByteSize operator -(ByteSize left, ByteSize right) => new(checked(left.Bytes - right.Bytes));

    /// <summary>The product; checked.</summary>
    public static ByteSize operator *(ByteSize size, ulong count) => new(checked(size.Bytes * count));

    /// <summary>How many whole <paramref name="right"/> fit in <paramref name="left"/>.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is zero.</exception>
    public static ulong operator /(ByteSize left, ByteSize right) => left.Bytes / right.Bytes;

    /// <summary>Whether the left size is the smaller one.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether the left size is the larger one.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether the left size is the smaller one or the same.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether the left size is the larger one or the same.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <summary>The nearest multiple of <paramref name="alignment"/> at or above this size.</summary>
    /// <param name="alignment">A power of two.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alignment"/> is not a power of two.</exception>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public ByteSize AlignUp(ByteSize alignment)
    {
        ThrowUnlessPowerOfTwo(alignment);
        return new ByteSize(checked(Bytes + (alignment.Bytes - 1)) & ~(alignment.Bytes - 1));
    }

    /// <summary>The nearest multiple of <paramref name="alignment"/> at or below this size.</summary>
    /// <param name="alignment">A power of two.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alignment"/> is not a power of two.</exception>
    public ByteSize AlignDown(ByteSize alignment)
    {
        ThrowUnlessPowerOfTwo(alignment);
        return new ByteSize(Bytes & ~(alignment.Bytes - 1));
    }

    /// <inheritdoc/>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The exact size in the largest unit that divides it: <c>4GiB</c>, <c>1536MiB</c>, <c>17B</c>.</summary>
    public override string ToString()
    {
        int unit = LargestDividingUnit();
        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Bytes}B")
            : string.Create(CultureInfo.InvariantCulture, $"{Bytes >> (10 * unit)}{Units[unit - 1]}iB");
    }

    /// <summary>The exact size as the kernel's <c>memparse()</c> reads it: <c>4G</c>, <c>1536M</c>, <c>17</c>.</summary>
    public string ToKernelParameter()
    {
        int unit = LargestDividingUnit();
        string number = (Bytes >> (10 * unit)).ToString(CultureInfo.InvariantCulture);
        return unit == 0 ? number : number + Units[unit - 1];
    }

    /// <summary>The size for a table: at most one decimal, the largest unit that leaves at least 1: <c>16 GiB</c>, <c>1.5 GiB</c>.</summary>
    public string ToDisplayString()
    {
        int unit = Bytes == 0 ? 0 : BitOperations.Log2(Bytes) / 10;
        if (unit == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Bytes} B");
        }

        double value = Bytes / Math.Pow(1024, unit);
        if (Math.Round(value, 1) >= 1024 && unit < Units.Length)
        {
            unit++;
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit - 1]}iB");
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static ByteSize Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads a decimal or <c>0x</c> hexadecimal whole number with an optional unit: <c>4096</c>, <c>512M</c>, <c>4GiB</c>, <c>17B</c>.</summary>
    /// <exception cref="FormatException">The text is no such size, or does not fit 64 bits.</exception>
    public static ByteSize Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out ByteSize result)
            ? result
            : throw new FormatException($"'{s}' is not a size. Write a whole number and K, M, G, T, P or E (binary), such as 512M or 4GiB.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ByteSize result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ByteSize result)
    {
        result = default;
        s = s.Trim();
        bool hexadecimal = s.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (hexadecimal)
        {
            s = s[2..];
        }

        int digits = 0;
        while (digits < s.Length && (hexadecimal ? char.IsAsciiHexDigit(s[digits]) : char.IsAsciiDigit(s[digits])))
        {
            digits++;
        }

        NumberStyles style = hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!ulong.TryParse(s[..digits], style, CultureInfo.InvariantCulture, out ulong number) || !TryParseUnit(s[digits..], out int shift))
        {
            return false;
        }

        if (number != 0 && shift > BitOperations.LeadingZeroCount(number))
        {
            return false;
        }

        result = new ByteSize(number << shift);
        return true;
    }

    private static bool TryParseUnit(ReadOnlySpan<char> text, out int shift)
    {
        shift = 0;
        text = text.Trim();
        if (text.IsEmpty || text is "B")
        {
            return true;
        }

        int unit = Units.IndexOf(char.ToUpperInvariant(text[0]), StringComparison.Ordinal);
        shift = 10 * (unit + 1);
        return unit >= 0 && (text.Length == 1 || text[1..] is "iB");
    }

    private static void ThrowUnlessPowerOfTwo(ByteSize alignment)
    {
        if (!BitOperations.IsPow2(alignment.Bytes))
        {
            throw new ArgumentOutOfRangeException(nameof(alignment), alignment, "An alignment is a power of two.");
        }
    }

    private int LargestDividingUnit() => Bytes == 0 ? 0 : Math.Min(BitOperations.TrailingZeroCount(Bytes) / 10, Units.Length);
}
