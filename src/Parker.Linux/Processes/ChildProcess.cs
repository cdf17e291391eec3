using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Linux.Terminals;

namespace Parker.Linux.Processes;

/// <summary>A child process in a session of its own, with its standard output and error as pipes, or with a terminal.</summary>
/// <remarks>One thread follows it with <see cref="Next"/>; <see cref="Kill"/>, <see cref="Type"/> and <see cref="Resize"/> may come from others.</remarks>
public sealed class ChildProcess : IDisposable
{
    // What background processes of an ended command write is waited for no longer than this.
    private const int AfterwardsMs = 100;

    private readonly Lock _reaping = new();
    private readonly int _process;
    private readonly SafeFileHandle _end;
    private readonly PseudoTerminal? _terminal;
    private SafeFileHandle? _output;
    private SafeFileHandle? _error;
    private bool _reaped;

    private ChildProcess(int process, SafeFileHandle end, SafeFileHandle? output, SafeFileHandle? error, PseudoTerminal? terminal)
    {
        _process = process;
        _end = end;
        _output = output;
        _error = error;
        _terminal = terminal;
    }

    /// <summary>How it ended; valid after <see cref="ChildEvent.Ended"/>.</summary>
    public ChildExit Exit { get; private set; }

    /// <summary>Starts it.</summary>
    /// <exception cref="KernelException">The program is not there, cannot be executed, or the kernel has no room for it.</exception>
    public static ChildProcess Start(ChildStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (start.Terminal is (ushort rows, ushort columns))
        {
            PseudoTerminal terminal = PseudoTerminal.Open(rows, columns);
            try
            {
                (int process, SafeFileHandle end) = Spawner.Spawn(start, terminal.Slave, null, null);
                return new ChildProcess(process, end, terminal.Master, null, terminal);
            }
            catch
            {
                terminal.Dispose();
                throw;
            }
        }

        (SafeFileHandle output, SafeFileHandle outputEnd) = OpenPipe();
        using (outputEnd)
        {
            (SafeFileHandle error, SafeFileHandle errorEnd) = OpenPipe();
            using (errorEnd)
            {
                try
                {
                    (int process, SafeFileHandle end) = Spawner.Spawn(start, null, outputEnd, errorEnd);
                    return new ChildProcess(process, end, output, error, null);
                }
                catch
                {
                    output.Dispose();
                    error.Dispose();
                    throw;
                }
            }
        }
    }

    /// <summary>Waits for the next thing that happens.</summary>
    /// <param name="buffer">Takes what it wrote.</param>
    /// <param name="timeoutMs">How long to wait at most.</param>
    /// <param name="length">How many bytes it wrote.</param>
    public ChildEvent Next(Span<byte> buffer, int timeoutMs, out int length)
    {
        length = 0;
        Span<pollfd> files = [Entry(_output), Entry(_error), Entry(_reaped ? null : _end)];
        if (_reaped && _output is null && _error is null)
        {
            return ChildEvent.Ended;
        }

        int ready = ProcessCalls.Poll(files, (nuint)files.Length, _reaped ? AfterwardsMs : timeoutMs);
        if (ready <= 0)
        {
            return ready == 0 && _reaped ? ChildEvent.Ended : ChildEvent.None;
        }

        if (files[0].revents != 0 && TryTake(ref _output, buffer, out length))
        {
            return ChildEvent.Output;
        }

        if (files[1].revents != 0 && TryTake(ref _error, buffer, out length))
        {
            return ChildEvent.Error;
        }

        if (files[2].revents != 0)
        {
            Reap();
        }

        return ChildEvent.None;
    }

    /// <summary>Kills it with everything of its process group. Its end is still to be followed by <see cref="Next"/>.</summary>
    public void Kill()
    {
        lock (_reaping)
        {
            // Until it is reaped, nobody else can have its number.
            if (!_reaped)
            {
                _ = ProcessCalls.Kill(-_process, ProcessCalls.SIGKILL);
            }
        }
    }

    /// <summary>Types bytes at its terminal; without one nothing happens.</summary>
    public void Type(ReadOnlySpan<byte> bytes) => _terminal?.Type(bytes);

    /// <summary>Gives its terminal another size; without one nothing happens.</summary>
    public void Resize(ushort rows, ushort columns) => _terminal?.Resize(rows, columns);

    /// <summary>Kills it if it still runs, and waits for its end.</summary>
    public void Dispose()
    {
        Kill();
        Reap();
        _output?.Dispose();
        _error?.Dispose();
        _terminal?.Dispose();
        _end.Dispose();
    }

    private static pollfd Entry(SafeFileHandle? file) => new() { fd = file is null ? -1 : (int)file.DangerousGetHandle(), events = ProcessCalls.POLLIN };

    // False, with the file forgotten, at its end; a terminal whose other end nobody holds gives EIO.
    private bool TryTake(ref SafeFileHandle? file, Span<byte> buffer, out int length)
    {
        nint count = FileCalls.Read(file!, buffer, (nuint)buffer.Length);
        length = (int)Math.Max(count, 0);
        if (count > 0)
        {
            return true;
        }

        if (count == 0 || Marshal.GetLastPInvokeError() is not (Errno.EAGAIN or Errno.EINTR))
        {
            // Others may be typing at the terminal: that stays open until Dispose.
            if (_terminal is null)
            {
                file!.Dispose();
            }

            file = null;
        }

        return false;
    }

    private static (SafeFileHandle Ours, SafeFileHandle Theirs) OpenPipe()
    {
        Span<int> ends = stackalloc int[2];
        if (ProcessCalls.Pipe(ends, FileCalls.O_CLOEXEC) < 0)
        {
            KernelException.ThrowLast("pipe2");
        }

        return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
    }

    private void Reap()
    {
        lock (_reaping)
        {
            if (_reaped)
            {
                return;
            }

            int result;
            int status;
            do
            {
                result = ProcessCalls.Wait(_process, out status, 0);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Errno.EINTR);
            _reaped = true;

            // wait(2): the low 7 bits are the signal, the next byte is the exit code.
            Exit = result < 0 ? new ChildExit(0, ProcessCalls.SIGKILL) : new ChildExit((status >> 8) & 0xff, status & 0x7f);
        }
    }
}
