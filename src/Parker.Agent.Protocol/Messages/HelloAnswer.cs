namespace Parker.Agent.Protocol.Messages;

/// <summary>The agent's answer to <see cref="Hello"/>.</summary>
/// <param name="Version">The agent's <see cref="Hello.CurrentVersion"/>.</param>
/// <param name="Nonce">That of the hello.</param>
/// <param name="KernelRelease">What <c>uname -r</c> says where the agent runs.</param>
public sealed record HelloAnswer(ushort Version, ulong Nonce, string KernelRelease)
{
    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame() => new(FrameKind.HelloAnswer, 0, new MessageWriter().UInt16(Version).UInt64(Nonce).Text(KernelRelease).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.HelloAnswer"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out HelloAnswer message)
    {
        MessageReader reader = new(payload);
        message = new HelloAnswer(reader.UInt16(), reader.UInt64(), reader.Text());
        return reader.IsWhole;
    }
}
