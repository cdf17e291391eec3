namespace Parker.Agent.Protocol.Messages;

/// <summary>Send a file: <see cref="FileInformation"/>, then frames of <see cref="FrameKind.FileData"/>, then <see cref="FrameKind.Done"/>.</summary>
/// <param name="Path">Which; absolute.</param>
public sealed record GetRequest(string Path)
{
    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame(uint request) => new(FrameKind.Get, request, new MessageWriter().Text(Path).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.Get"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out GetRequest message)
    {
        MessageReader reader = new(payload);
        message = new GetRequest(reader.Text());
        return reader.IsWhole && message.Path.StartsWith('/') && !message.Path.Contains('\0');
    }
}
