using Microsoft.Win32.SafeHandles;
using Parker.Machine;

namespace Parker.Partition;

/// <summary>A part of an open file.</summary>
/// <param name="file">Open for reading for as long as the content is used; not closed here.</param>
/// <param name="path">Its path, for messages.</param>
/// <param name="start">The first byte in the file.</param>
/// <param name="length">The number of bytes.</param>
public sealed class FileContent(SafeFileHandle file, string path, ByteSize start, ByteSize length) : SegmentContent
{
    /// <summary>The file's path.</summary>
    public string Path => path;

    /// <summary>The first byte in the file.</summary>
    public ByteSize Start => start;

    /// <inheritdoc/>
    public override ByteSize Length => length;

    /// <inheritdoc/>
    public override void CopyTo(ByteSize offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + new ByteSize((ulong)destination.Length), length, nameof(destination));
        long at = checked((long)(start + offset).Bytes);
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(file, destination, at);
            if (read == 0)
            {
                throw new IOException($"{path} became shorter while it was read: byte {at} is missing.");
            }

            destination = destination[read..];
            at += read;
        }
    }
}
