using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>What was loaded, as fingerprints that the header page carries and the journal keeps: XXH128, as <c>xxhsum -H2</c> prints it.</summary>
/// <remarks>They tell one image from another; they prove nothing against someone who wants two images to look alike.</remarks>
/// <param name="Kernel">Of the kernel's payload.</param>
/// <param name="Initrd">Of the initrd as one; of nothing where there is none.</param>
/// <param name="CommandLine">Of the command line's bytes without its NUL.</param>
public sealed record ImageHashes(UInt128 Kernel, UInt128 Initrd, UInt128 CommandLine)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads everything once.</summary>
    /// <param name="kernel">The kernel's payload.</param>
    /// <param name="initrd">The initrd; null for none.</param>
    /// <param name="commandLine">The whole command line.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImageHashes Of(SegmentContent kernel, SegmentContent? initrd, string commandLine)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return new ImageHashes(HashOf(kernel), initrd is null ? XxHash128.HashToUInt128([]) : HashOf(initrd), XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(commandLine)));
    }

    private static UInt128 HashOf(SegmentContent content)
    {
        XxHash128 hash = new();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        for (ulong offset = 0; offset < content.Length.Bytes; offset += ChunkBytes)
        {
            Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(ChunkBytes, content.Length.Bytes - offset));
            content.CopyTo(new ByteSize(offset), chunk);
            hash.Append(chunk);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash.GetCurrentHashAsUInt128();
    }
}
