using System.Buffers.Binary;
using System.IO.Hashing;

namespace Parker.Agent.Protocol;

/// <summary>One frame: the unit in which the agent and its peer talk.</summary>
/// <remarks>
/// <code>
///  0  magic     u32  0x31414B50, "PKA1" in memory
///  4  length    u32  bytes of payload, at most 65536
///  8  request   u32  which request it belongs to; 0: the connection itself
/// 12  kind      u16  FrameKind
/// 14  reserved  u16  0
/// 16  checksum  u32  CRC-32 of the bytes 4 to 16 and of the payload
/// 20  payload
/// </code>
/// All little-endian. A peer can vanish between any two bytes, and its successor then reads the rest of a frame: magic and checksum let it find the next one.
/// </remarks>
/// <param name="Kind">What it says.</param>
/// <param name="Request">The number of the request, given by the peer; 0 for the connection itself.</param>
/// <param name="Payload">At most <see cref="MaxPayload"/> bytes.</param>
public readonly record struct Frame(FrameKind Kind, uint Request, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderLength = 20;

    /// <summary>The longest payload, in bytes.</summary>
    public const int MaxPayload = 65536;

    internal const uint Magic = 0x31414B50;

    /// <summary>The frame's bytes.</summary>
    /// <exception cref="ArgumentException">The payload is longer than <see cref="MaxPayload"/>.</exception>
    public byte[] ToBytes()
    {
        if (Payload.Length > MaxPayload)
        {
            throw new ArgumentException($"A payload of {Payload.Length} bytes does not fit a frame; at most {MaxPayload} do.");
        }

        byte[] bytes = new byte[HeaderLength + Payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Request);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(12), (ushort)Kind);
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(16), Checksum(bytes.AsSpan(4, 12), Payload.Span));
        return bytes;
    }

    internal static uint Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        Crc32 crc = new();
        crc.Append(header);
        crc.Append(payload);
        return crc.GetCurrentHashAsUInt32();
    }
}
