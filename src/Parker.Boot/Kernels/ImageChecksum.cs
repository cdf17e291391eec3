using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using Parker.Machine.Diagnostics;

namespace Parker.Boot.Kernels;

/// <summary>The checksum that a bzImage ends in, up to Linux 6.14.</summary>
/// <remarks>
/// A CRC-32 (polynomial 0x04C11DB7, first remainder 0xffffffff, no last inversion) of the file before it, so that the CRC of all up to the end that <c>syssize</c> tells is 0
/// (boot.rst, "The Image Checksum"; arch/x86/boot/tools/build.c). Signing an image for Secure Boot afterwards changes two fields of its PE header, the checksum and
/// the place of the signature, that were 0 when the CRC was made: they are taken as 0. Seen with the signed kernels of Debian 6.1 and 6.12.
/// Linux 6.15 stopped writing it.
/// </remarks>
internal static class ImageChecksum
{
    private const int ChunkLength = 1 << 16;

    // Crc32 inverts the remainder at the end: what is 0 without is this.
    private const uint Unbroken = 0xffffffff;

    // Offsets in a PE32+ file from its signature on (Microsoft PE format): the optional header's magic, its CheckSum, the entry of the certificate table.
    private const int OptionalHeaderAt = 24;
    private const int CheckSumAt = OptionalHeaderAt + 64;
    private const int CertificateTableAt = OptionalHeaderAt + 144;

    /// <summary>Reads all of <paramref name="image"/> and compares.</summary>
    /// <param name="image">Real-mode and protected-mode part, nothing else.</param>
    /// <param name="release">The kernel's release; empty where it is not known.</param>
    /// <param name="place">For messages.</param>
    /// <param name="diagnostics">Takes an error where it is damaged, a note where that cannot be told.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ChecksumState Check(FileWindow image, string release, string place, DiagnosticBag diagnostics)
    {
        if (Compute(image) == Unbroken)
        {
            return ChecksumState.Matches;
        }

        switch (HasChecksum(release))
        {
            case true:
                diagnostics.Error("IMG017", place, $"It is damaged: the checksum at its end does not match its {image.Length} bytes.", BzImageReader.Reinstall);
                return ChecksumState.Differs;
            case null:
                diagnostics.Error("IMG021", place, "It has neither a checksum that matches nor a release: it is damaged, or no build of Linux made it.", BzImageReader.Reinstall);
                return ChecksumState.Differs;
            default:
                diagnostics.Note("IMG020", place, $"Linux {release} has no checksum in its image: damage cannot be told.");
                return ChecksumState.Absent;
        }
    }

    /// <summary>Whether a release has the checksum; null where the text is no release.</summary>
    internal static bool? HasChecksum(string release)
    {
        int dot = release.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return null;
        }

        int end = dot + 1;
        while (end < release.Length && char.IsAsciiDigit(release[end]))
        {
            end++;
        }

        return int.TryParse(release.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(release.AsSpan(dot + 1, end - dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
                ? major < 6 || (major == 6 && minor < 15)
                : null;
    }

    private static uint Compute(FileWindow image)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            Crc32 crc = new();
            ulong at = 0;
            while (at < image.Length)
            {
                Span<byte> bytes = image.Read(at, chunk.AsSpan(0, ChunkLength));
                if (at == 0)
                {
                    ClearSigning(bytes);
                }

                crc.Append(bytes);
                at += (ulong)bytes.Length;
            }

            return crc.GetCurrentHashAsUInt32();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static void ClearSigning(Span<byte> start)
    {
        if (!start.StartsWith("MZ"u8))
        {
            return;
        }

        uint pe = BinaryPrimitives.ReadUInt32LittleEndian(start[0x3c..]);
        if (pe > start.Length - (CertificateTableAt + 8) || !start[(int)pe..].StartsWith("PE\0\0"u8) || BinaryPrimitives.ReadUInt16LittleEndian(start[((int)pe + OptionalHeaderAt)..]) != 0x20b)
        {
            return;
        }

        start.Slice((int)pe + CheckSumAt, 4).Clear();
        start.Slice((int)pe + CertificateTableAt, 8).Clear();
    }
}
