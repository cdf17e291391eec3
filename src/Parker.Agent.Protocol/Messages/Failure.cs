namespace Parker.Agent.Protocol.Messages;

/// <summary>Why a request could not be done.</summary>
/// <param name="Reason">One sentence.</param>
public sealed record Failure(string Reason)
{
    /// <summary>The frame that carries it.</summary>
    public Frame ToFrame(uint request) => new(FrameKind.Failed, request, new MessageWriter().Text(Reason).Written);

    /// <summary>Reads a payload of <see cref="FrameKind.Failed"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out Failure message)
    {
        MessageReader reader = new(payload);
        message = new Failure(reader.Text());
        return reader.IsWhole;
    }
}
