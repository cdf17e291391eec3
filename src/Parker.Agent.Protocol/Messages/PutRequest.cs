namespace Parker.Agent.Protocol.Messages;

/// <summary>A file follows, in frames of <see cref="FrameKind.Input"/>, ended by <see cref="FrameKind.InputEnd"/>. It replaces one that is there when it is whole.</summary>
/// <param name="Path">Where it goes; missing folders are made.</param>
/// <param name="Mode">Its permission bits, such as 0755 (octal).</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record PutRequest(string Path, ushort Mode, ulong Length)
{
    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame(uint request) => new(FrameKind.Put, request, new MessageWriter().Text(Path).UInt16(Mode).UInt64(Length).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.Put"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out PutRequest message)
    {
        MessageReader reader = new(payload);
        message = new PutRequest(reader.Text(), reader.UInt16(), reader.UInt64());
        return reader.IsWhole && message.Path.StartsWith('/') && !message.Path.Contains('\0') && message.Mode <= 0xfff && message.Length <= long.MaxValue;
    }
}
