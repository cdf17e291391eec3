using Microsoft.Win32.SafeHandles;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Boot.Kernels;

/// <summary>A part of an open file, read in small pieces at offsets from its own start.</summary>
/// <param name="file">Open for reading; not closed here.</param>
/// <param name="path">Its path, for messages.</param>
/// <param name="start">The first byte in the file.</param>
/// <param name="length">The number of bytes; they lie within the file.</param>
internal sealed class FileWindow(SafeFileHandle file, string path, ulong start, ulong length)
{
    /// <summary>The file's path.</summary>
    public string Path => path;

    /// <summary>The number of bytes.</summary>
    public ulong Length => length;

    /// <summary>The whole file.</summary>
    /// <exception cref="IOException">Its length cannot be told.</exception>
    /// <exception cref="NotSupportedException">It has no length: a pipe or a terminal.</exception>
    public static FileWindow Whole(SafeFileHandle file, string path) => new(file, path, 0, (ulong)RandomAccess.GetLength(file));

    /// <summary>Whether <paramref name="count"/> bytes from <paramref name="offset"/> on lie within; no sum can overflow.</summary>
    public bool Contains(ulong offset, ulong count) => offset <= length && count <= length - offset;

    /// <summary>A part of this part.</summary>
    public FileWindow Slice(ulong offset, ulong count)
    {
        ThrowUnlessContained(offset, count);
        return new FileWindow(file, path, start + offset, count);
    }

    /// <summary>A part of this part, as content of a segment.</summary>
    public FileContent Content(ulong offset, ulong count)
    {
        ThrowUnlessContained(offset, count);
        return new FileContent(file, path, new ByteSize(start + offset), new ByteSize(count));
    }

    /// <summary>Fills <paramref name="destination"/>, or as much of it as there are bytes from <paramref name="offset"/> on, and returns that part.</summary>
    /// <exception cref="IOException">The file cannot be read, or became shorter.</exception>
    public Span<byte> Read(ulong offset, Span<byte> destination)
    {
        ulong available = offset >= length ? 0 : length - offset;
        Span<byte> filled = available < (ulong)destination.Length ? destination[..(int)available] : destination;
        if (!filled.IsEmpty)
        {
            Content(offset, (ulong)filled.Length).CopyTo(ByteSize.Zero, filled);
        }

        return filled;
    }

    private void ThrowUnlessContained(ulong offset, ulong count)
    {
        if (!Contains(offset, count))
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{count} bytes from there on do not lie within {length} bytes.");
        }
    }
}
