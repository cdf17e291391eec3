namespace Parker.Agent.Protocol.Messages;

/// <summary>How a command ended.</summary>
/// <param name="Reason">By itself, by a signal, by the clock.</param>
/// <param name="Value">The exit code, the number of the signal, or 0.</param>
public sealed record ExitReport(ExitReason Reason, uint Value)
{
    /// <summary>The code that a shell would give: 128 and the signal's number for a signal, 124 for a passed time as <c>timeout</c> gives.</summary>
    public int ExitCode => Reason switch
    {
        ExitReason.Exited => (int)(Value & 0xff),
        ExitReason.TimedOut => 124,
        _ => 128 + (int)(Value & 0x7f),
    };

    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame(uint request) => new(FrameKind.Exited, request, new MessageWriter().UInt16((ushort)Reason).UInt32(Value).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.Exited"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out ExitReport message)
    {
        MessageReader reader = new(payload);
        message = new ExitReport((ExitReason)reader.UInt16(), reader.UInt32());
        return reader.IsWhole && message.Reason <= ExitReason.TimedOut;
    }
}
