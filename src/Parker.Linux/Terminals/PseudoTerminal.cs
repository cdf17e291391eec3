using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;

namespace Parker.Linux.Terminals;

/// <summary>A pseudo-terminal: this end is ours, the other one is the terminal of a child process.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int TypeTimeoutMs = 1000;

    private PseudoTerminal(SafeFileHandle master, string slave)
    {
        Master = master;
        Slave = slave;
    }

    /// <summary>Our end; it does not block.</summary>
    public SafeFileHandle Master { get; }

    /// <summary>The path of the other end.</summary>
    public string Slave { get; }

    /// <summary>Makes one of that size.</summary>
    /// <exception cref="KernelException">There is no <c>/dev/ptmx</c> or no devpts, or no more of them.</exception>
    public static PseudoTerminal Open(ushort rows, ushort columns)
    {
        SafeFileHandle master = TerminalCalls.OpenMaster(FileWriteCalls.O_RDWR | FileCalls.O_NOCTTY | FileCalls.O_CLOEXEC | FileCalls.O_NONBLOCK);
        if (master.IsInvalid)
        {
            KernelException.ThrowLast("open", "/dev/ptmx");
        }

        try
        {
            if (TerminalCalls.Unlock(master) < 0)
            {
                KernelException.ThrowLast("unlockpt", "/dev/ptmx");
            }

            Span<byte> name = stackalloc byte[64];
            int error = TerminalCalls.SlaveName(master, name, (nuint)name.Length);
            if (error != 0)
            {
                Marshal.SetLastPInvokeError(error);
                KernelException.ThrowLast("ptsname_r", "/dev/ptmx");
            }

            PseudoTerminal terminal = new(master, Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]));
            terminal.Resize(rows, columns);
            return terminal;
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Tells the terminal, and through SIGWINCH its programs, another size.</summary>
    public void Resize(ushort rows, ushort columns)
    {
        winsize size = new() { ws_row = rows, ws_col = columns };
        _ = TerminalCalls.ControlSize((int)Master.DangerousGetHandle(), TerminalCalls.TIOCSWINSZ, ref size);
    }

    /// <summary>Types bytes. What nobody takes within a second is lost, as it would be on a real terminal.</summary>
    public void Type(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written = FileWriteCalls.Write(Master, bytes, (nuint)bytes.Length);
            if (written > 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }

            Span<pollfd> wait = [new pollfd { fd = (int)Master.DangerousGetHandle(), events = ProcessCalls.POLLOUT }];
            if (Marshal.GetLastPInvokeError() is not (Errno.EAGAIN or Errno.EINTR) || ProcessCalls.Poll(wait, 1, TypeTimeoutMs) == 0)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Master.Dispose();
}
