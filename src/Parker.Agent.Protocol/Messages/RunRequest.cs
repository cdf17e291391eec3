namespace Parker.Agent.Protocol.Messages;

/// <summary>Start a command and report what it writes and how it ends.</summary>
/// <remarks>The command gets a session of its own, so that ending it ends everything it started there. Without a terminal its standard input is empty.</remarks>
/// <param name="Arguments">The program, looked up in PATH, and its arguments; never empty.</param>
/// <param name="Environment">What its environment has beside the agent's own, each <c>NAME=value</c>.</param>
/// <param name="Folder">Where it starts; empty for the agent's own folder.</param>
/// <param name="TimeoutMs">After so many milliseconds it is killed and reported as <see cref="ExitReason.TimedOut"/>; 0: never.</param>
/// <param name="Terminal">The size of the terminal it gets; null for none: its standard output and error then come apart.</param>
public sealed record RunRequest(IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment, string Folder, uint TimeoutMs, TerminalSize? Terminal)
{
    /// <summary>The frame that carries it.</summary>
    /// <exception cref="ArgumentException">Arguments and environment are together too long for a frame.</exception>
    public Frame ToFrame(uint request)
    {
        ReadOnlyMemory<byte> payload = new MessageWriter().Texts(Arguments).Texts(Environment).Text(Folder).UInt32(TimeoutMs)
            .UInt16(Terminal is null ? (ushort)0 : (ushort)1).UInt16(Terminal?.Rows ?? 0).UInt16(Terminal?.Columns ?? 0).Written;
        return payload.Length <= Frame.MaxPayload
            ? new Frame(FrameKind.Run, request, payload)
            : throw new ArgumentException($"Arguments and environment of {payload.Length} bytes are too long; at most {Frame.MaxPayload} fit. Copy a script and run that.");
    }

    /// <summary>Reads a payload of <see cref="FrameKind.Run"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, out RunRequest message)
    {
        MessageReader reader = new(payload);
        string[] arguments = reader.Texts();
        string[] environment = reader.Texts();
        string folder = reader.Text();
        uint timeoutMs = reader.UInt32();
        ushort hasTerminal = reader.UInt16();
        TerminalSize size = new(reader.UInt16(), reader.UInt16());
        message = new RunRequest(arguments, environment, folder, timeoutMs, hasTerminal == 1 ? size : null);
        return reader.IsWhole && hasTerminal <= 1 && (hasTerminal == 1 || size == default)
            && arguments.Length > 0 && arguments[0].Length > 0
            && !arguments.Concat(environment).Append(folder).Any(text => text.Contains('\0'))
            && environment.All(text => text.IndexOf('=') > 0);
    }
}
