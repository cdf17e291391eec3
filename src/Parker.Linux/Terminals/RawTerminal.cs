using Parker.Linux.Interop;

namespace Parker.Linux.Terminals;

/// <summary>This process's own terminal, in raw mode until it is disposed: every key goes through as it is typed, with Ctrl-C and the like.</summary>
public sealed class RawTerminal : IDisposable
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;

    private readonly byte[] _before;

    private RawTerminal(byte[] before) => _before = before;

    /// <summary>Whether standard input and output are both a terminal.</summary>
    public static bool IsThere => TerminalCalls.IsTerminal(StandardInput) == 1 && TerminalCalls.IsTerminal(StandardOutput) == 1;

    /// <summary>Lines and characters in a line; 24 and 80 where the terminal does not say.</summary>
    public static (ushort Rows, ushort Columns) Size
    {
        get
        {
            winsize size = default;
            return TerminalCalls.ControlSize(StandardOutput, TerminalCalls.TIOCGWINSZ, ref size) == 0 && size is { ws_row: > 0, ws_col: > 0 }
                ? (size.ws_row, size.ws_col)
                : ((ushort)24, (ushort)80);
        }
    }

    /// <summary>Switches it to raw mode.</summary>
    /// <exception cref="KernelException">Standard input is no terminal.</exception>
    public static RawTerminal Enter()
    {
        byte[] before = new byte[TerminalCalls.TermiosSize];
        if (TerminalCalls.GetAttributes(StandardInput, before) < 0)
        {
            KernelException.ThrowLast("tcgetattr", "standard input");
        }

        byte[] raw = [.. before];
        TerminalCalls.MakeRaw(raw);
        if (TerminalCalls.SetAttributes(StandardInput, TerminalCalls.TCSADRAIN, raw) < 0)
        {
            KernelException.ThrowLast("tcsetattr", "standard input");
        }

        return new RawTerminal(before);
    }

    /// <inheritdoc/>
    public void Dispose() => _ = TerminalCalls.SetAttributes(StandardInput, TerminalCalls.TCSADRAIN, _before);
}
