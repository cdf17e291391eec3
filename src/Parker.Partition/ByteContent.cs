using Parker.Machine;

namespace Parker.Partition;

/// <summary>Bytes that are at hand.</summary>
/// <param name="bytes">The bytes; not copied.</param>
public sealed class ByteContent(ReadOnlyMemory<byte> bytes) : SegmentContent
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <inheritdoc/>
    public override ByteSize Length => new((ulong)bytes.Length);

    /// <inheritdoc/>
    public override void CopyTo(ByteSize offset, Span<byte> destination) =>
        bytes.Span.Slice(checked((int)offset.Bytes), destination.Length).CopyTo(destination);
}
