namespace Parker.Agent.Protocol.Messages;

/// <summary>The size of a terminal in characters.</summary>
/// <param name="Rows">Lines.</param>
/// <param name="Columns">Characters in a line.</param>
public readonly record struct TerminalSize(ushort Rows, ushort Columns)
{
    /// <summary>The frame of <see cref="FrameKind.Resize"/> that carries it.</summary>
    public Frame ToFrame(uint request) => new(FrameKind.Resize, request, new MessageWriter().UInt16(Rows).UInt16(Columns).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.Resize"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out TerminalSize message)
    {
        MessageReader reader = new(payload);
        message = new TerminalSize(reader.UInt16(), reader.UInt16());
        return reader.IsWhole;
    }
}
