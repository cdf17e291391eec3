using Parker.Machine;

namespace Parker.Partition;

/// <summary>The bytes of a segment, read on demand, so that a large file need not be held in memory.</summary>
public abstract class SegmentContent
{
    /// <summary>The number of bytes.</summary>
    public abstract ByteSize Length { get; }

    /// <summary>Copies the bytes from <paramref name="offset"/> on into <paramref name="destination"/>, filling it.</summary>
    /// <param name="offset">From the content's start; <paramref name="offset"/> and the destination's length together do not exceed <see cref="Length"/>.</param>
    /// <param name="destination">Filled wholly.</param>
    /// <exception cref="IOException">A file that the bytes come from cannot be read, or became shorter.</exception>
    public abstract void CopyTo(ByteSize offset, Span<byte> destination);
}
