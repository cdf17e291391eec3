using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Parker.Machine;

/// <summary>An immutable set of logical CPU numbers of one kernel, 0 to 8191.</summary>
/// <remarks>
/// Written as a Linux cpulist: <c>0-3,8</c>. Reading accepts all that the kernel does (lib/bitmap-str.c, 6.12, <c>bitmap_parselist</c>) but <c>all</c> and <c>N</c>,
/// whose meaning depends on the machine: <c>first-last:used/group</c> takes the first <c>used</c> of each <c>group</c>.
/// </remarks>
public sealed class CpuSet : IReadOnlyCollection<int>, IEquatable<CpuSet>, ISpanParsable<CpuSet>
{
    /// <summary>One more than the highest CPU number that a set can hold: Debian's kernels are built with CONFIG_NR_CPUS=8192.</summary>
    public const int Capacity = 8192;

    // The kernel takes runs of commas and of its white space alike between two parts, and around them.
    private const string Separators = ", \t\n\v\f\r";

    // No trailing zero words, so that equal sets have equal arrays.
    private readonly ulong[] _words;

    private CpuSet(ulong[] words)
    {
        int used = Used(words);
        _words = used == words.Length ? words : words[..used];
    }

    /// <summary>The set of no CPUs.</summary>
    public static CpuSet Empty { get; } = new([]);

    /// <summary>The number of CPUs in the set.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Whether the set has no CPUs.</summary>
    public bool IsEmpty => _words.Length == 0;

    /// <summary>The set of the given CPUs, in any order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or <see cref="Capacity"/> or more.</exception>
    public static CpuSet Of(params IEnumerable<int> cpus)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        Span<ulong> words = stackalloc ulong[Capacity / 64];
        words.Clear();
        foreach (int cpu in cpus)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(cpu, nameof(cpus));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cpu, Capacity, nameof(cpus));
            words[cpu / 64] |= 1UL << (cpu % 64);
        }

        return new CpuSet(words[..Used(words)].ToArray());
    }

    /// <summary>The CPUs from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative or above <paramref name="last"/>, or that is <see cref="Capacity"/> or more.</exception>
    public static CpuSet Range(int first, int last)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, Capacity);
        return Of(Enumerable.Range(first, last - first + 1));
    }

    /// <summary>Whether <paramref name="cpu"/> is in the set; false for a number that no set can hold.</summary>
    public bool Contains(int cpu) => cpu >= 0 && cpu / 64 < _words.Length && (_words[cpu / 64] & (1UL << (cpu % 64))) != 0;

    /// <summary>Whether every CPU of <paramref name="other"/> is in this set.</summary>
    public bool Contains(CpuSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Except(this).IsEmpty;
    }

    /// <summary>Whether the two sets have a CPU in common.</summary>
    public bool Overlaps(CpuSet other) => !Intersect(other).IsEmpty;

    /// <summary>The CPUs that are in either set.</summary>
    public CpuSet Union(CpuSet other) => Combine(other, static (left, right) => left | right);

    /// <summary>The CPUs that are in both sets.</summary>
    public CpuSet Intersect(CpuSet other) => Combine(other, static (left, right) => left & right);

    /// <summary>The CPUs of this set that are not in <paramref name="other"/>.</summary>
    public CpuSet Except(CpuSet other) => Combine(other, static (left, right) => left & ~right);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int index = 0; index < _words.Length; index++)
        {
            for (ulong rest = _words[index]; rest != 0; rest &= rest - 1)
            {
                yield return (index * 64) + BitOperations.TrailingZeroCount(rest);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(CpuSet? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CpuSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (ulong word in _words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }

    /// <summary>The set as a Linux cpulist, such as <c>0-3,8</c>; empty text for the empty set.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        int first = -1;
        int last = -1;
        foreach (int cpu in this)
        {
            if (first >= 0 && cpu != last + 1)
            {
                AppendRun(text, first, last);
                first = cpu;
            }
            else if (first < 0)
            {
                first = cpu;
            }

            last = cpu;
        }

        if (first >= 0)
        {
            AppendRun(text, first, last);
        }

        return text.ToString();
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{char}, IFormatProvider?)"/>
    public static CpuSet Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    /// <summary>Reads a cpulist; white space separates as commas do, empty text is the empty set.</summary>
    /// <exception cref="FormatException">The text is no cpulist, or names a CPU of <see cref="Capacity"/> or more.</exception>
    public static CpuSet Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out CpuSet? result)
            ? result
            : throw new FormatException($"'{s}' is not a cpulist. Write CPU numbers below {Capacity} and ranges, such as 0-3,8.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out CpuSet result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out CpuSet result)
    {
        result = null;
        ulong[] words = new ulong[Capacity / 64];
        foreach (Range part in s.SplitAny(Separators))
        {
            if (!s[part].IsEmpty && !TryAddPart(s[part], words))
            {
                return false;
            }
        }

        result = new CpuSet(words);
        return true;
    }

    private static bool TryAddPart(ReadOnlySpan<char> part, ulong[] words)
    {
        uint used = 1;
        uint group = 1;
        int colon = part.IndexOf(':');
        if (colon >= 0)
        {
            ReadOnlySpan<char> pattern = part[(colon + 1)..];
            int slash = pattern.IndexOf('/');
            if (slash < 0 || !TryParseNumber(pattern[..slash], out used) || !TryParseNumber(pattern[(slash + 1)..], out group) || used > group || group == 0)
            {
                return false;
            }

            part = part[..colon];
        }

        int dash = part.IndexOf('-');
        if (!TryParseNumber(dash < 0 ? part : part[..dash], out uint first))
        {
            return false;
        }

        uint last = first;
        if ((dash >= 0 && !TryParseNumber(part[(dash + 1)..], out last)) || last < first || last >= Capacity || (dash < 0 && colon >= 0))
        {
            return false;
        }

        for (uint cpu = first; cpu <= last; cpu++)
        {
            if ((cpu - first) % group < used)
            {
                words[cpu / 64] |= 1UL << (int)(cpu % 64);
            }
        }

        return true;
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static int Used(ReadOnlySpan<ulong> words) => words.LastIndexOfAnyExcept(0UL) + 1;

    private static void AppendRun(StringBuilder text, int first, int last)
    {
        if (text.Length > 0)
        {
            text.Append(',');
        }

        text.Append(CultureInfo.InvariantCulture, $"{first}");
        if (last > first)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{last}");
        }
    }

    private CpuSet Combine(CpuSet other, Func<ulong, ulong, ulong> combine)
    {
        ArgumentNullException.ThrowIfNull(other);
        ulong[] words = new ulong[Math.Max(_words.Length, other._words.Length)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = combine(i < _words.Length ? _words[i] : 0, i < other._words.Length ? other._words[i] : 0);
        }

        return new CpuSet(words);
    }
}
