using Parker.Machine;

namespace Parker.Partition;

/// <summary>A copy of bytes that were read once: what was checked is what is loaded, whatever becomes of the file.</summary>
public sealed class HeldContent : SegmentContent, IDisposable
{
    private byte[] _bytes;

    private HeldContent(byte[] bytes)
    {
        _bytes = bytes;
        Length = new ByteSize((ulong)bytes.Length);
    }

    /// <summary>The longest content that can be held.</summary>
    public static ByteSize Longest { get; } = new((ulong)Array.MaxLength);

    /// <inheritdoc/>
    public override ByteSize Length { get; }

    /// <summary>Reads all of <paramref name="content"/>.</summary>
    /// <param name="content">No longer than <see cref="Longest"/>.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static HeldContent Of(SegmentContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(checked((int)content.Length.Bytes));
        content.CopyTo(ByteSize.Zero, bytes);
        return new HeldContent(bytes);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The bytes do not lie within, or this was disposed of.</exception>
    public override void CopyTo(ByteSize offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + new ByteSize((ulong)destination.Length), new ByteSize((ulong)_bytes.Length), nameof(destination));
        _bytes.AsSpan((int)offset.Bytes, destination.Length).CopyTo(destination);
    }

    /// <summary>Lets go of the bytes: also where somebody still refers to this, the next full collection takes them.</summary>
    public void Dispose() => _bytes = [];
}
