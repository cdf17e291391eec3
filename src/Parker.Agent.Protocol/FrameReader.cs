using System.Buffers.Binary;

namespace Parker.Agent.Protocol;

/// <summary>Finds the frames in a stream of bytes that may begin in the middle of one and may be damaged anywhere.</summary>
/// <remarks>It holds at most one incomplete frame and what the last <see cref="Append"/> brought. What belongs to no whole frame is left out and counted.</remarks>
public sealed class FrameReader
{
    private byte[] _buffer = new byte[Frame.HeaderLength + Frame.MaxPayload];
    private int _start;
    private int _end;

    /// <summary>How many bytes belonged to no whole frame.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Takes the next bytes of the stream. Call <see cref="TryRead"/> until it gives nothing before the next call.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - _end < bytes.Length)
        {
            int held = _end - _start;
            byte[] target = _buffer.Length - held >= bytes.Length ? _buffer : new byte[held + bytes.Length];
            _buffer.AsSpan(_start, held).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, held);
        }

        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next whole frame; its payload is a copy.</summary>
    public bool TryRead(out Frame frame)
    {
        frame = default;
        while (_end - _start >= Frame.HeaderLength)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(rest) != Frame.Magic || length > Frame.MaxPayload || BinaryPrimitives.ReadUInt16LittleEndian(rest[14..]) != 0)
            {
                SkipToNextMagic(rest);
                continue;
            }

            int total = Frame.HeaderLength + (int)length;
            if (rest.Length < total)
            {
                return false;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(rest[16..]) != Frame.Checksum(rest[4..16], rest[Frame.HeaderLength..total]))
            {
                SkipToNextMagic(rest);
                continue;
            }

            frame = new Frame(
                (FrameKind)BinaryPrimitives.ReadUInt16LittleEndian(rest[12..]),
                BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]),
                rest[Frame.HeaderLength..total].ToArray());
            _start += total;
            return true;
        }

        return false;
    }

    /// <summary>Forgets an incomplete frame: another peer speaks from here on.</summary>
    public void Reset()
    {
        SkippedBytes += _end - _start;
        (_start, _end) = (0, 0);
    }

    // At least one byte; what could be the first bytes of a magic at the very end stays.
    private void SkipToNextMagic(ReadOnlySpan<byte> rest)
    {
        int next = rest[1..].IndexOf((byte)(Frame.Magic & 0xff));
        int skipped = next < 0 ? rest.Length : next + 1;
        _start += skipped;
        SkippedBytes += skipped;
    }
}
