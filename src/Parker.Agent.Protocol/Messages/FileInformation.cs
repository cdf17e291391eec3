namespace Parker.Agent.Protocol.Messages;

/// <summary>What the file that comes is.</summary>
/// <param name="Mode">Its permission bits.</param>
public sealed record FileInformation(ushort Mode)
{
    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame(uint request) => new(FrameKind.FileInformation, request, new MessageWriter().UInt16(Mode).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.FileInformation"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out FileInformation message)
    {
        MessageReader reader = new(payload);
        message = new FileInformation(reader.UInt16());
        return reader.IsWhole && message.Mode <= 0xfff;
    }
}
