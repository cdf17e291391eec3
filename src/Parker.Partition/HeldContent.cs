using System.IO.MemoryMappedFiles;
using Parker.Machine;

namespace Parker.Partition;

/// <summary>A copy of bytes that were read once, in memory of its own that is given back with it: what was checked is what is loaded, whatever becomes of the file.</summary>
/// <remarks>Not on the heap: a large initrd would stay there until the next full collection. For use by one thread at a time.</remarks>
public sealed class HeldContent : SegmentContent, IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly MemoryMappedFile _memory;
    private readonly MemoryMappedViewStream _bytes;

    private HeldContent(ByteSize length)
    {
        Length = length;
        _memory = MemoryMappedFile.CreateNew(null, (long)length.Bytes);
        _bytes = _memory.CreateViewStream();
    }

    /// <inheritdoc/>
    public override ByteSize Length { get; }

    /// <summary>Reads all of <paramref name="content"/>.</summary>
    /// <param name="content">Not empty.</param>
    /// <exception cref="IOException">It cannot be read, or there is no memory for it.</exception>
    public static HeldContent Of(SegmentContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        HeldContent held = new(content.Length);
        try
        {
            byte[] buffer = new byte[(int)Math.Min(ChunkBytes, content.Length.Bytes)];
            for (ulong offset = 0; offset < content.Length.Bytes; offset += ChunkBytes)
            {
                Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(ChunkBytes, content.Length.Bytes - offset));
                content.CopyTo(new ByteSize(offset), chunk);
                held._bytes.Write(chunk);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void CopyTo(ByteSize offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + new ByteSize((ulong)destination.Length), Length, nameof(destination));
        _bytes.Position = (long)offset.Bytes;
        _bytes.ReadExactly(destination);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        _memory.Dispose();
    }
}
