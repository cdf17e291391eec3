using System.Buffers.Binary;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Boot.Initrds;

/// <summary>Reads small pieces of a content, ascending, with few reads of its file.</summary>
/// <param name="content">The content.</param>
internal sealed class ContentReader(SegmentContent content)
{
    private const int ChunkLength = 1 << 14;
    private readonly byte[] _chunk = new byte[(int)Math.Min(ChunkLength, content.Length.Bytes)];
    private ulong _chunkStart;
    private int _chunkLength;

    /// <summary>The number of bytes.</summary>
    public ulong Length => content.Length.Bytes;

    /// <summary>Up to <paramref name="count"/> bytes (16 KiB at most) from <paramref name="at"/> on; fewer at the end. Valid until the next call.</summary>
    /// <exception cref="IOException">The file cannot be read, or became shorter.</exception>
    public ReadOnlySpan<byte> Read(ulong at, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ChunkLength);
        if (at >= Length)
        {
            return [];
        }

        int wanted = (int)Math.Min((ulong)count, Length - at);
        if (at < _chunkStart || at + (ulong)wanted > _chunkStart + (ulong)_chunkLength)
        {
            _chunkLength = 0;
            int length = (int)Math.Min((ulong)_chunk.Length, Length - at);
            content.CopyTo(new ByteSize(at), _chunk.AsSpan(0, length));
            (_chunkStart, _chunkLength) = (at, length);
        }

        return _chunk.AsSpan((int)(at - _chunkStart), wanted);
    }

    /// <summary>The number at <paramref name="at"/>, little endian; null where it does not lie within.</summary>
    /// <param name="at">Its place.</param>
    /// <param name="length">Its length: 1 to 4 bytes.</param>
    public uint? ReadNumber(ulong at, int length)
    {
        ReadOnlySpan<byte> bytes = Read(at, length);
        if (bytes.Length < length)
        {
            return null;
        }

        Span<byte> number = stackalloc byte[4];
        number.Clear();
        bytes.CopyTo(number);
        return BinaryPrimitives.ReadUInt32LittleEndian(number);
    }

    /// <summary>The first byte from <paramref name="at"/> on that is not 0; <see cref="Length"/> where there is none.</summary>
    public ulong SkipZeros(ulong at)
    {
        while (at < Length)
        {
            ReadOnlySpan<byte> bytes = Read(at, (int)Math.Min(ChunkLength, Length - at));
            int other = bytes.IndexOfAnyExcept((byte)0);
            if (other >= 0)
            {
                return at + (ulong)other;
            }

            at += (ulong)bytes.Length;
        }

        return Length;
    }
}
