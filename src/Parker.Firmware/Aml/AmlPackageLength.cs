namespace Parker.Firmware.Aml;

/// <summary>PkgLength: how AML says how long something is, in 1 to 4 bytes.</summary>
/// <remarks>
/// The top 2 bits of the first byte count the bytes that follow it. Alone, its low 6 bits are the length; else its low 4 bits are the lowest of the
/// length, and each following byte has the next 8. ACPI specification, "Package Length Encoding".
/// </remarks>
public static class AmlPackageLength
{
    /// <summary>The largest length that can be said.</summary>
    public const int Max = 0xFFFFFFF;

    /// <summary>The shortest encoding of a length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or above <see cref="Max"/>.</exception>
    public static byte[] Encode(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Max);
        int following = FollowingBytes(length);
        byte[] bytes = new byte[following + 1];
        bytes[0] = following == 0 ? (byte)length : (byte)((following << 6) | (length & 0xF));
        for (int i = 1; i <= following; i++)
        {
            bytes[i] = (byte)((length >> (8 * i - 4)) & 0xFF);
        }

        return bytes;
    }

    /// <summary>The encoding of the length of something that starts with this encoding, as it does for every term but field units.</summary>
    /// <param name="contentLength">The bytes after the encoding.</param>
    public static byte[] EncodeWithItself(int contentLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contentLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contentLength, Max - 4);
        int size = 1;
        while (FollowingBytes(contentLength + size) >= size)
        {
            size++;
        }

        return Encode(contentLength + size);
    }

    /// <summary>Reads a length.</summary>
    /// <param name="bytes">Starts with the encoding.</param>
    /// <param name="length">The length.</param>
    /// <param name="size">The bytes of the encoding itself.</param>
    /// <returns>False where the bytes end within it.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out int length, out int size)
    {
        length = 0;
        size = bytes.IsEmpty ? 1 : (bytes[0] >> 6) + 1;
        if (bytes.Length < size)
        {
            return false;
        }

        length = bytes[0] & (size == 1 ? 0x3F : 0x0F);
        for (int i = 1; i < size; i++)
        {
            length |= bytes[i] << (8 * i - 4);
        }

        return true;
    }

    private static int FollowingBytes(int length) => length switch
    {
        < 1 << 6 => 0,
        < 1 << 12 => 1,
        < 1 << 20 => 2,
        _ => 3,
    };
}
