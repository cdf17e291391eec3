namespace Parker.Firmware.Aml;

/// <summary>How names are encoded: <c>\_SB.C000</c>, <c>^BEAT</c>, <c>_CRS</c>.</summary>
/// <remarks>Each segment has four characters, filled up with <c>_</c>. ACPI specification, "Name Objects Encoding".</remarks>
public static class AmlName
{
    private const byte NullName = 0x00;
    private const byte DualNamePrefix = 0x2E;
    private const byte MultiNamePrefix = 0x2F;

    /// <summary>The bytes of a name.</summary>
    /// <param name="path">A path as ASL writes it.</param>
    /// <exception cref="ArgumentException">It is not a name of AML.</exception>
    public static byte[] Encode(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        int prefix = path.StartsWith('\\') ? 1 : path.Length - path.TrimStart('^').Length;
        string[] segments = path.Length == prefix ? [] : path[prefix..].Split('.');
        if (path.Length == 0 || segments.Length > byte.MaxValue || !segments.All(IsSegment))
        {
            throw new ArgumentException($"'{path}' is not an AML name: segments of 1 to 4 of A-Z, 0-9 and _, not beginning with a digit.", nameof(path));
        }

        List<byte> bytes = [.. path.Take(prefix).Select(character => (byte)character)];
        switch (segments.Length)
        {
            case 0:
                bytes.Add(NullName);
                break;
            case 1:
                break;
            case 2:
                bytes.Add(DualNamePrefix);
                break;
            default:
                bytes.Add(MultiNamePrefix);
                bytes.Add((byte)segments.Length);
                break;
        }

        bytes.AddRange(segments.SelectMany(segment => segment.PadRight(4, '_')).Select(character => (byte)character));
        return [.. bytes];
    }

    /// <summary>The bytes of one segment.</summary>
    /// <exception cref="ArgumentException">It is no single segment.</exception>
    public static byte[] EncodeSegment(string segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        return IsSegment(segment) ? Encode(segment) : throw new ArgumentException($"'{segment}' is not one segment of an AML name.", nameof(segment));
    }

    private static bool IsSegment(string segment) =>
        segment.Length is >= 1 and <= 4 && !char.IsAsciiDigit(segment[0]) && segment.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_');
}
