using System.Diagnostics.CodeAnalysis;

namespace Parker.Partition;

/// <summary>The name of a partition: <c>[a-z0-9][a-z0-9-]{0,31}</c>.</summary>
public readonly record struct PartitionName : IComparable<PartitionName>
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 32;

    private readonly string? _value;

    private PartitionName(string value) => _value = value;

    /// <summary>Orders by character code.</summary>
    public int CompareTo(PartitionName other) => string.CompareOrdinal(_value, other._value);

    /// <summary>Whether the left name sorts first.</summary>
    public static bool operator <(PartitionName left, PartitionName right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left name sorts last.</summary>
    public static bool operator >(PartitionName left, PartitionName right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left name sorts first or is the same.</summary>
    public static bool operator <=(PartitionName left, PartitionName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left name sorts last or is the same.</summary>
    public static bool operator >=(PartitionName left, PartitionName right) => left.CompareTo(right) >= 0;

    /// <summary>The name.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>Takes a name that is allowed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PartitionName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text[0] == '-' || !text.All(IsAllowed))
        {
            return false;
        }

        name = new PartitionName(text);
        return true;
    }

    /// <summary>Takes a name that is allowed.</summary>
    /// <exception cref="FormatException">The name is not allowed.</exception>
    public static PartitionName Parse(string text) =>
        TryParse(text, out PartitionName name)
            ? name
            : throw new FormatException($"'{text}' is not a partition name. Use 1 to {MaxLength} of a-z, 0-9 and '-', not beginning with '-'.");

    private static bool IsAllowed(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-';
}
