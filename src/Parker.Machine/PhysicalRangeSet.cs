using System.Collections;

namespace Parker.Machine;

/// <summary>An immutable set of bytes in one physical address space, kept as sorted ranges that neither touch nor overlap.</summary>
/// <remarks>Two sets of the same bytes are equal, however they were made.</remarks>
public sealed class PhysicalRangeSet : IReadOnlyList<PhysicalRange>, IEquatable<PhysicalRangeSet>
{
    private readonly PhysicalRange[] _ranges;

    private PhysicalRangeSet(PhysicalRange[] sortedDisjoint) => _ranges = sortedDisjoint;

    /// <summary>The set of no bytes.</summary>
    public static PhysicalRangeSet Empty { get; } = new([]);

    /// <summary>The number of ranges.</summary>
    public int Count => _ranges.Length;

    /// <summary>Whether the set has no bytes.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The number of bytes in all ranges.</summary>
    public ByteSize TotalLength
    {
        get
        {
            ByteSize total = ByteSize.Zero;
            foreach (PhysicalRange range in _ranges)
            {
                total += range.Length;
            }

            return total;
        }
    }

    /// <summary>The ranges in ascending order.</summary>
    public PhysicalRange this[int index] => _ranges[index];

    /// <summary>The union of any ranges, in any order, overlapping or not.</summary>
    public static PhysicalRangeSet Of(params IEnumerable<PhysicalRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        PhysicalRange[] sorted = [.. ranges.Where(range => !range.IsEmpty)];
        Array.Sort(sorted);
        int kept = 0;
        foreach (PhysicalRange range in sorted)
        {
            if (kept > 0 && range.Start <= sorted[kept - 1].End)
            {
                if (range.End > sorted[kept - 1].End)
                {
                    sorted[kept - 1] = PhysicalRange.FromBounds(sorted[kept - 1].Start, range.End);
                }
            }
            else
            {
                sorted[kept++] = range;
            }
        }

        return kept == 0 ? Empty : new PhysicalRangeSet(sorted[..kept]);
    }

    /// <summary>The bytes that are in either set.</summary>
    public PhysicalRangeSet Union(PhysicalRangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Of([.. _ranges, .. other._ranges]);
    }

    /// <summary>The bytes of this set and of <paramref name="range"/>.</summary>
    public PhysicalRangeSet Union(PhysicalRange range) => Of([.. _ranges, range]);

    /// <summary>The bytes of this set that are not in <paramref name="other"/>.</summary>
    public PhysicalRangeSet Subtract(PhysicalRangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        List<PhysicalRange> result = new(_ranges.Length);
        int next = 0;
        foreach (PhysicalRange range in _ranges)
        {
            PhysicalAddress start = range.Start;
            while (next < other._ranges.Length && other._ranges[next].End <= start)
            {
                next++;
            }

            for (int i = next; i < other._ranges.Length && other._ranges[i].Start < range.End; i++)
            {
                if (other._ranges[i].Start > start)
                {
                    result.Add(PhysicalRange.FromBounds(start, other._ranges[i].Start));
                }

                start = other._ranges[i].End;
            }

            if (start < range.End)
            {
                result.Add(PhysicalRange.FromBounds(start, range.End));
            }
        }

        return result.Count == 0 ? Empty : new PhysicalRangeSet([.. result]);
    }

    /// <summary>The bytes of this set that are not in <paramref name="range"/>.</summary>
    public PhysicalRangeSet Subtract(PhysicalRange range) => Subtract(Of(range));

    /// <summary>The bytes that are in both sets.</summary>
    public PhysicalRangeSet Intersect(PhysicalRangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        List<PhysicalRange> result = [];
        int left = 0;
        int right = 0;
        while (left < _ranges.Length && right < other._ranges.Length)
        {
            PhysicalRange both = _ranges[left].Intersect(other._ranges[right]);
            if (!both.IsEmpty)
            {
                result.Add(both);
            }

            if (_ranges[left].End < other._ranges[right].End)
            {
                left++;
            }
            else
            {
                right++;
            }
        }

        return result.Count == 0 ? Empty : new PhysicalRangeSet([.. result]);
    }

    /// <summary>The bytes of this set that lie in <paramref name="range"/>.</summary>
    public PhysicalRangeSet Intersect(PhysicalRange range) => Intersect(Of(range));

    /// <summary>Each range shrunk to multiples of <paramref name="alignment"/> at both ends; ranges without a whole unit are dropped.</summary>
    /// <param name="alignment">A power of two.</param>
    public PhysicalRangeSet Align(ByteSize alignment) => Of(_ranges.Select(range => range.AlignInward(alignment)));

    /// <summary>Whether <paramref name="address"/> is in the set.</summary>
    public bool Contains(PhysicalAddress address) => Find(address) is not null;

    /// <summary>Whether every byte of <paramref name="range"/> is in the set.</summary>
    public bool Contains(PhysicalRange range) => range.IsEmpty || (Find(range.Start) is PhysicalRange holder && holder.Contains(range));

    /// <summary>Whether every byte of <paramref name="other"/> is in this set.</summary>
    public bool Contains(PhysicalRangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other._ranges.All(Contains);
    }

    /// <summary>Whether the set and <paramref name="range"/> have a byte in common.</summary>
    public bool Overlaps(PhysicalRange range) => !Intersect(range).IsEmpty;

    /// <summary>Whether the two sets have a byte in common.</summary>
    public bool Overlaps(PhysicalRangeSet other) => !Intersect(other).IsEmpty;

    /// <summary>The lowest aligned place for <paramref name="length"/> bytes in one range; null where none is large enough.</summary>
    /// <param name="length">More than zero.</param>
    /// <param name="alignment">A power of two; the start of the result is a multiple of it.</param>
    public PhysicalRange? FirstFit(ByteSize length, ByteSize alignment) => Fits(length, alignment).Select(fit => (PhysicalRange?)fit.Place).FirstOrDefault();

    /// <summary>The aligned place for <paramref name="length"/> bytes in the smallest range that holds it, the lowest of equals; null where none is large enough.</summary>
    /// <param name="length">More than zero.</param>
    /// <param name="alignment">A power of two; the start of the result is a multiple of it.</param>
    public PhysicalRange? BestFit(ByteSize length, ByteSize alignment) =>
        Fits(length, alignment).OrderBy(fit => fit.Holder.Length).Select(fit => (PhysicalRange?)fit.Place).FirstOrDefault();

    /// <inheritdoc/>
    public bool Equals(PhysicalRangeSet? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PhysicalRangeSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (PhysicalRange range in _ranges)
        {
            hash.Add(range);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<PhysicalRange> GetEnumerator() => ((IEnumerable<PhysicalRange>)_ranges).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The ranges separated by commas, such as <c>0x1000-0x1fff,0x3000-0x3fff</c>.</summary>
    public override string ToString() => string.Join(',', _ranges);

    private PhysicalRange? Find(PhysicalAddress address)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Contains(address))
            {
                return _ranges[middle];
            }

            if (address < _ranges[middle].Start)
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }

        return null;
    }

    private IEnumerable<(PhysicalRange Holder, PhysicalRange Place)> Fits(ByteSize length, ByteSize alignment)
    {
        ArgumentOutOfRangeException.ThrowIfZero(length.Bytes, nameof(length));
        foreach (PhysicalRange range in _ranges)
        {
            // The rounding loss is compared before the start is rounded up, so that a range that ends at 2^64 - 1 cannot overflow.
            ByteSize loss = range.Start.IsAligned(alignment) ? ByteSize.Zero : alignment - (range.Start - range.Start.AlignDown(alignment));
            if (range.Length > loss && range.Length - loss >= length)
            {
                yield return (range, new PhysicalRange(range.Start + loss, length));
            }
        }
    }
}
