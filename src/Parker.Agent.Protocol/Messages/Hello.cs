namespace Parker.Agent.Protocol.Messages;

/// <summary>The first frame of a peer: from here on only what answers this hello is meant for it.</summary>
/// <param name="Version">The peer's <see cref="CurrentVersion"/>.</param>
/// <param name="Nonce">A number of the peer's own choice, given back in the answer.</param>
public sealed record Hello(ushort Version, ulong Nonce)
{
    /// <summary>The version of this protocol. Another version is another protocol: there is no negotiation.</summary>
    public const ushort CurrentVersion = 1;

    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame() => new(FrameKind.Hello, 0, new MessageWriter().UInt16(Version).UInt64(Nonce).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.Hello"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Hello message)
    {
        MessageReader reader = new(payload);
        message = new Hello(reader.UInt16(), reader.UInt64());
        return reader.IsWhole;
    }
}
