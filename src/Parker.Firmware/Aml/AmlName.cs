using System.Buffers;
using System.Text;

namespace Parker.Firmware.Aml;

/// <summary>How names are encoded: <c>\_SB.C000</c>, <c>^BEAT</c>, <c>_CRS</c>.</summary>
/// <remarks>Each segment has four characters, filled up with <c>_</c>. ACPI specification, "Name Objects Encoding".</remarks>
public static class AmlName
{
    private const byte NullName = 0x00;
    private const byte DualNamePrefix = 0x2E;
    private const byte MultiNamePrefix = 0x2F;
    private const int SegmentLength = 4;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>The bytes of a name.</summary>
    /// <param name="path">A path as ASL writes it.</param>
    /// <exception cref="ArgumentException">It is not a name of AML.</exception>
    public static byte[] Encode(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int prefix = path.StartsWith('\\') ? 1 : path.Length - path.TrimStart('^').Length;
        string[] segments = path.Length == prefix ? [] : path[prefix..].Split('.');
        if (path.Length == 0 || segments.Length > byte.MaxValue || !Array.TrueForAll(segments, IsSegment))
        {
            throw new ArgumentException($"'{path}' is not an AML name: segments of 1 to 4 of A-Z, 0-9 and _, not beginning with a digit.", nameof(path));
        }

        ReadOnlySpan<byte> mark = segments.Length switch
        {
            0 => [NullName],
            1 => [],
            2 => [DualNamePrefix],
            _ => [MultiNamePrefix, (byte)segments.Length],
        };
        byte[] bytes = new byte[prefix + mark.Length + SegmentLength * segments.Length];
        Span<byte> rest = bytes;
        _ = Encoding.ASCII.GetBytes(path.AsSpan(0, prefix), rest);
        mark.CopyTo(rest[prefix..]);
        rest = rest[(prefix + mark.Length)..];
        foreach (string segment in segments)
        {
            rest[..SegmentLength].Fill((byte)'_');
            _ = Encoding.ASCII.GetBytes(segment, rest);
            rest = rest[SegmentLength..];
        }

        return bytes;
    }

    /// <summary>The bytes of one segment.</summary>
    /// <exception cref="ArgumentException">It is no single segment.</exception>
    public static byte[] EncodeSegment(string segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return IsSegment(segment) ? Encode(segment) : throw new ArgumentException($"'{segment}' is not one segment of an AML name.", nameof(segment));
    }

    private static bool IsSegment(string segment) => segment.Length is >= 1 and <= SegmentLength && !char.IsAsciiDigit(segment[0]) && !segment.AsSpan().ContainsAnyExcept(Letters);
}
