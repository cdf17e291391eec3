using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Parker.Machine;

/// <summary>A byte address in one physical address space; whose space it is, the member that carries it says.</summary>
/// <remarks>Prints as lower-case hexadecimal with <c>0x</c>. Arithmetic is checked.</remarks>
/// <param name="Value">The address in bytes from physical address 0.</param>
public readonly record struct PhysicalAddress(ulong Value) : IComparable<PhysicalAddress>, ISpanParsable<PhysicalAddress>
{
    /// <summary>Address 0.</summary>
    public static PhysicalAddress Zero => default;

    /// <summary>1 MiB: below it a CPU in real mode can run.</summary>
    public static PhysicalAddress OneMebibyte => new(1UL << 20);

    /// <summary>4 GiB: below it 32-bit code and 32-bit BARs can reach.</summary>
    public static PhysicalAddress FourGibibytes => new(1UL << 32);

    /// <summary>The address <paramref name="offset"/> bytes above.</summary>
    /// <exception cref="OverflowException">The sum does not fit 64 bits.</exception>
    public static PhysicalAddress operator +(PhysicalAddress address, ByteSize offset) => new(checked(address.Value + offset.Bytes));

    /// <summary>The address <paramref name="offset"/> bytes below.</summary>
    /// <exception cref="OverflowException">The difference is negative.</exception>
    public static PhysicalAddress operator -(PhysicalAddress address, ByteSize offset) => new(checked(address.Value - offset.Bytes));

    /// <summary>The distance from <paramref name="other"/> up to <paramref name="address"/>.</summary>
    /// <exception cref="OverflowException"><paramref name="other"/> lies above <paramref name="address"/>.</exception>
    public static ByteSize operator -(PhysicalAddress address, PhysicalAddress other) => new(checked(address.Value - other.Value));

    /// <summary>Whether the left address is the lower one.</summary>
    public static bool operator <(PhysicalAddress left, PhysicalAddress right) => left.Value < right.Value;

    /// <summary>Whether the left address is the higher one.</summary>
    public static bool operator >(PhysicalAddress left, PhysicalAddress right) => left.Value > right.Value;

    /// <summary>Whether the left address is the lower one or the same.</summary>
    public static bool operator <=(PhysicalAddress left, PhysicalAddress right) => left.Value <= right.Value;

    /// <summary>Whether the left address is the higher one or the same.</summary>
    public static bool operator >=(PhysicalAddress left, PhysicalAddress right) => left.Value >= right.Value;

    /// <summary>The nearest multiple of <paramref name="alignment"/> at or above this address.</summary>
    /// <param name="alignment">A power of two.</param>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public PhysicalAddress AlignUp(ByteSize alignment) => new(new ByteSize(Value).AlignUp(alignment).Bytes);

    /// <summary>The nearest multiple of <paramref name="alignment"/> at or below this address.</summary>
    /// <param name="alignment">A power of two.</param>
    public PhysicalAddress AlignDown(ByteSize alignment) => new(new ByteSize(Value).AlignDown(alignment).Bytes);

    /// <summary>Whether this address is a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public bool IsAligned(ByteSize alignment) => AlignDown(alignment) == this;

    /// <inheritdoc/>
    public int CompareTo(PhysicalAddress other) => Value.CompareTo(other.Value);

    /// <summary>The address as lower-case hexadecimal, such as <c>0xfee00000</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"0x{Value:x}");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static PhysicalAddress Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads <c>0x</c> and hexadecimal digits, or decimal digits.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static PhysicalAddress Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out PhysicalAddress result)
            ? result
            : throw new FormatException($"'{s}' is not a physical address. Write it as 0x and hexadecimal digits, such as 0x100000000.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PhysicalAddress result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out PhysicalAddress result)
    {
        bool parsed = s.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(s[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            : ulong.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        result = new PhysicalAddress(parsed ? value : 0);
        return parsed;
    }
}
