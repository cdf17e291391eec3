using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;

namespace Parker.Lab.Agents;

/// <summary>The other end of a guest agent's port.</summary>
public sealed class AgentClient : IDisposable
{
    private const string Shell = "/bin/sh";

    // The agent ends what runs too long; this is how much longer its word about it may take on a busy machine.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly Lock _sending = new();
    private readonly ConcurrentDictionary<uint, AgentRequest> _requests = new();
    private readonly Func<string> _whyEnded;
    private readonly Thread _reader;
    private uint _last;
    private volatile bool _ended;

    private AgentClient(Socket socket, Func<string> whyEnded)
    {
        _socket = socket;
        _whyEnded = whyEnded;
        _reader = new Thread(Read) { IsBackground = true, Name = "agent" };
    }

    /// <summary>What <c>uname -r</c> says where the agent runs.</summary>
    public string KernelRelease { get; private set; } = "";

    /// <summary>Waits for the agent to answer at that socket.</summary>
    /// <param name="path">The unix socket of QEMU's end of the port.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="whyEnded">Tells, where the connection ends, what became of the other end.</param>
    /// <exception cref="LabException">No answer came in time, or the guest is gone.</exception>
    public static AgentClient Connect(string path, TimeSpan timeout, Func<string> whyEnded)
    {
        Stopwatch clock = Stopwatch.StartNew();
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        AgentClient client = new(socket, whyEnded);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            client._reader.Start();
            client.Greet(clock, timeout);
            return client;
        }
        catch (SocketException e)
        {
            client.Dispose();
            throw new LabException($"The agent's port does not answer: {e.Message}. {whyEnded()}", e);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command line in the guest's shell, as root.</summary>
    /// <exception cref="LabException">The guest went away, or the agent gives no word.</exception>
    public CommandResult Run(string command, TimeSpan timeout) => Run([Shell, "-c", command], timeout);

    /// <summary>Runs a program in the guest, as root.</summary>
    /// <inheritdoc cref="Run(string, TimeSpan)"/>
    public CommandResult Run(IReadOnlyList<string> arguments, TimeSpan timeout)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        ExitReport report = Run(arguments, timeout, (bytes, isError) => (isError ? error : output).Write(bytes.Span));
        return new CommandResult(report.ExitCode, report.Reason == ExitReason.TimedOut, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Runs a command line in the guest's shell and hands on what it writes as it comes.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="timeout">After that it is killed; <see cref="Timeout.InfiniteTimeSpan"/>: never.</param>
    /// <param name="write">Takes what it writes, and whether that is its standard error.</param>
    /// <exception cref="LabException">The guest went away, or the agent gives no word.</exception>
    public ExitReport Stream(string command, TimeSpan timeout, Action<ReadOnlyMemory<byte>, bool> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Run([Shell, "-c", command], timeout, write);
    }

    /// <summary>Copies a file into the guest.</summary>
    /// <param name="source">Here.</param>
    /// <param name="target">There; missing folders are made.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <exception cref="LabException">It can not be written there, or not in time.</exception>
    public void CopyIn(string source, string target, TimeSpan timeout)
    {
        using FileStream file = File.OpenRead(source);
        CopyIn(file, target, (UnixFileMode)((int)File.GetUnixFileMode(source) & 0xfff), timeout);
    }

    /// <summary>Writes a file in the guest.</summary>
    /// <param name="content">From its present position to its end.</param>
    /// <param name="target">There; missing folders are made.</param>
    /// <param name="mode">Its permissions.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <exception cref="LabException">It can not be written there, or not in time.</exception>
    public void CopyIn(Stream content, string target, UnixFileMode mode, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(content);
        Stopwatch clock = Stopwatch.StartNew();
        using AgentRequest request = Begin();
        Send(new PutRequest(target, (ushort)mode, (ulong)(content.Length - content.Position)).ToFrame(request.Number));
        byte[] buffer = new byte[Frame.MaxPayload];
        int length;
        while ((length = content.Read(buffer)) > 0)
        {
            Send(new Frame(FrameKind.Input, request.Number, buffer.AsMemory(0, length)));
        }

        Send(new Frame(FrameKind.InputEnd, request.Number, default));
        Frame answer = Next(request, clock, timeout, $"The copy to {target}");
        if (answer.Kind != FrameKind.Done)
        {
            throw Refused(answer, $"{target} cannot be written in the guest");
        }
    }

    /// <summary>Reads a file of the guest.</summary>
    /// <exception cref="LabException">It can not be read there, or not in time.</exception>
    public byte[] CopyOut(string source, TimeSpan timeout)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using AgentRequest request = Begin();
        Send(new GetRequest(source).ToFrame(request.Number));
        using MemoryStream content = new();
        while (true)
        {
            Frame frame = Next(request, clock, timeout, $"The copy of {source}");
            switch (frame.Kind)
            {
                case FrameKind.FileInformation:
                    break;
                case FrameKind.FileData:
                    content.Write(frame.Payload.Span);
                    break;
                case FrameKind.Done:
                    return content.ToArray();
                default:
                    throw Refused(frame, $"{source} cannot be read in the guest");
            }
        }
    }

    /// <summary>Opens a terminal with a program in it.</summary>
    /// <exception cref="LabException">The guest went away.</exception>
    public AgentTerminal OpenTerminal(IReadOnlyList<string> arguments, IReadOnlyList<string> environment, TerminalSize size)
    {
        AgentRequest request = Begin();
        Send(new RunRequest(arguments, environment, "/root", 0, size).ToFrame(request.Number));
        return new AgentTerminal(this, request);
    }

    /// <summary>Whether the agent answers.</summary>
    public bool Ping(TimeSpan timeout)
    {
        using AgentRequest request = Begin();
        Send(new Frame(FrameKind.Ping, request.Number, default));
        return request.TryNext(timeout, out Frame answer) && answer.Kind == FrameKind.Pong;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        if (_reader.IsAlive)
        {
            _reader.Join();
        }
    }

    internal void Send(Frame frame) => SendBytes(frame.ToBytes());

    internal LabException Ended() => new($"The connection to the guest's agent ended. {_whyEnded()}");

    internal static LabException Refused(Frame answer, string what) => new(
        Failure.TryParse(answer.Payload.Span, out Failure failure) ? $"{what}: {failure.Reason}" : $"{what}: the agent answered with a frame of kind {answer.Kind}.");

    internal void Forget(AgentRequest request) => _requests.TryRemove(request.Number, out _);

    private ExitReport Run(IReadOnlyList<string> arguments, TimeSpan timeout, Action<ReadOnlyMemory<byte>, bool> write)
    {
        bool isBounded = timeout != Timeout.InfiniteTimeSpan;
        Stopwatch clock = Stopwatch.StartNew();
        using AgentRequest request = Begin();
        Send(new RunRequest(arguments, [], "/root", isBounded ? (uint)Math.Max(timeout.TotalMilliseconds, 1) : 0, null).ToFrame(request.Number));
        while (true)
        {
            Frame frame = Next(request, clock, isBounded ? timeout + Grace : Timeout.InfiniteTimeSpan, $"'{string.Join(' ', arguments)}'");
            switch (frame.Kind)
            {
                case FrameKind.Output or FrameKind.Error:
                    write(frame.Payload, frame.Kind == FrameKind.Error);
                    break;
                case FrameKind.Exited when ExitReport.TryParse(frame.Payload.Span, out ExitReport report):
                    return report;
                default:
                    throw Refused(frame, $"'{string.Join(' ', arguments)}' cannot be run in the guest");
            }
        }
    }

    private static Frame Next(AgentRequest request, Stopwatch clock, TimeSpan timeout, string what)
    {
        TimeSpan left = timeout == Timeout.InfiniteTimeSpan ? timeout : TimeSpan.FromTicks(Math.Max((timeout - clock.Elapsed).Ticks, 0));
        return request.TryNext(left, out Frame frame)
            ? frame
            : throw new LabException($"{what} gave no word within {timeout.TotalSeconds:F0} s: the guest's agent hangs, or the guest itself.");
    }

    private AgentRequest Begin()
    {
        AgentRequest request = new(this, Interlocked.Increment(ref _last));
        _requests[request.Number] = request;
        if (_ended)
        {
            request.Close();
        }

        return request;
    }

    // The hello's answer comes with number 0, as does nothing else.
    private void Greet(Stopwatch clock, TimeSpan timeout)
    {
        using AgentRequest request = new(this, 0);
        _requests[0] = request;

        // The agent may still wait for the rest of a frame of an earlier peer: nothing is longer than this. Both wait in the socket until the guest opens the port.
        ulong nonce = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        SendBytes(new byte[Frame.HeaderLength + Frame.MaxPayload]);
        Send(new Hello(Hello.CurrentVersion, nonce).ToFrame());
        HelloAnswer? answer;
        do
        {
            TimeSpan left = timeout - clock.Elapsed;
            if (left <= TimeSpan.Zero || !request.TryNext(left, out Frame frame))
            {
                throw new LabException($"The guest's agent did not answer within {timeout.TotalSeconds:F0} s. {_whyEnded()}");
            }

            answer = frame.Kind == FrameKind.HelloAnswer && HelloAnswer.TryParse(frame.Payload.Span, out HelloAnswer parsed) ? parsed : null;
        }
        while (answer?.Nonce != nonce);
        if (answer.Version != Hello.CurrentVersion)
        {
            throw new LabException($"The guest's agent speaks version {answer.Version} of the protocol, the lab version {Hello.CurrentVersion}. './run publish' makes the agent anew.");
        }

        KernelRelease = answer.KernelRelease;
    }

    private void SendBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            lock (_sending)
            {
                while (!bytes.IsEmpty)
                {
                    bytes = bytes[_socket.Send(bytes)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw Ended();
        }
    }

    private void Read()
    {
        byte[] buffer = new byte[Frame.HeaderLength + Frame.MaxPayload];
        FrameReader reader = new();
        try
        {
            int length;
            while ((length = _socket.Receive(buffer)) > 0)
            {
                reader.Append(buffer.AsSpan(0, length));
                while (reader.TryRead(out Frame frame))
                {
                    _requests.GetValueOrDefault(frame.Request)?.Deliver(frame);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end, said otherwise.
        }

        _ended = true;
        foreach (AgentRequest request in _requests.Values)
        {
            request.Close();
        }
    }
}
