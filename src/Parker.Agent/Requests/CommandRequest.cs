using System.Collections;
using System.Diagnostics;
using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;
using Parker.Linux.Processes;

namespace Parker.Agent.Requests;

/// <summary>A command that runs: a thread of its own follows it.</summary>
internal sealed class CommandRequest : IRequest
{
    private const int LookMs = 1000;

    // How long a killed command may take to be gone before the request is over without it: one in an uninterruptible call.
    private const int KilledPatienceMs = 5000;

    private readonly Lock _turn = new();
    private readonly ChildProcess _child;
    private readonly uint _number;
    private readonly uint _timeoutMs;
    private readonly FrameSink _sink;
    private bool _over;

    private CommandRequest(ChildProcess child, uint number, uint timeoutMs, FrameSink sink)
    {
        _child = child;
        _number = number;
        _timeoutMs = timeoutMs;
        _sink = sink;
    }

    /// <summary>Starts the command, and a thread that calls <paramref name="ended"/> before it reports the end.</summary>
    /// <exception cref="Linux.KernelException">It can not be started.</exception>
    public static CommandRequest Start(RunRequest asked, uint number, FrameSink sink, Action<uint> ended)
    {
        (ushort, ushort)? terminal = asked.Terminal is TerminalSize size ? (size.Rows, size.Columns) : null;
        ChildProcess child = ChildProcess.Start(new ChildStart(asked.Arguments, EnvironmentWith(asked.Environment), asked.Folder, terminal));
        CommandRequest request = new(child, number, asked.TimeoutMs, sink);
        new Thread(() => request.Follow(ended)) { IsBackground = true, Name = "command" }.Start();
        return request;
    }

    public void Take(Frame frame)
    {
        lock (_turn)
        {
            if (_over)
            {
                return;
            }

            if (frame.Kind == FrameKind.Input)
            {
                _child.Type(frame.Payload.Span);
            }
            else if (frame.Kind == FrameKind.Resize && TerminalSize.TryParse(frame.Payload.Span, out TerminalSize size))
            {
                _child.Resize(size.Rows, size.Columns);
            }
        }
    }

    public void Kill()
    {
        lock (_turn)
        {
            if (!_over)
            {
                _child.Kill();
            }
        }
    }

    private void Follow(Action<uint> ended)
    {
        byte[] buffer = new byte[Frame.MaxPayload];
        Stopwatch clock = Stopwatch.StartNew();
        bool timedOut = false;
        bool isEnded = false;
        while (!isEnded && !(timedOut && clock.ElapsedMilliseconds > (long)_timeoutMs + KilledPatienceMs))
        {
            if (!timedOut && _timeoutMs > 0 && clock.ElapsedMilliseconds >= _timeoutMs)
            {
                timedOut = true;
                Kill();
            }

            long wait = timedOut || _timeoutMs == 0 ? LookMs : Math.Clamp(_timeoutMs - clock.ElapsedMilliseconds, 1, LookMs);
            switch (_child.Next(buffer, (int)wait, out int length))
            {
                case ChildEvent.Output:
                    _sink.Send(new Frame(FrameKind.Output, _number, buffer.AsMemory(0, length)));
                    break;
                case ChildEvent.Error:
                    _sink.Send(new Frame(FrameKind.Error, _number, buffer.AsMemory(0, length)));
                    break;
                case ChildEvent.Ended:
                    isEnded = true;
                    break;
                default:
                    break;
            }
        }

        ExitReport report = timedOut ? new ExitReport(ExitReason.TimedOut, 0)
            : _child.Exit.Signal != 0 ? new ExitReport(ExitReason.Signaled, (uint)_child.Exit.Signal)
            : new ExitReport(ExitReason.Exited, (uint)_child.Exit.Code);
        ended(_number);
        _sink.Send(report.ToFrame(_number));
        lock (_turn)
        {
            _over = true;
        }

        // Waits for a child that can not be killed; the peer has been told already.
        _child.Dispose();
    }

    // The agent's own, then what was asked for in its place.
    private static List<string> EnvironmentWith(IReadOnlyList<string> more)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            all[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        foreach (string variable in more)
        {
            int equals = variable.IndexOf('=');
            all[variable[..equals]] = variable[(equals + 1)..];
        }

        return [.. all.Select(variable => variable.Key + "=" + variable.Value)];
    }
}
