using System.Collections.Concurrent;
using Parker.Agent.Ports;
using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;
using Parker.Agent.Requests;
using Parker.Linux;

namespace Parker.Agent;

/// <summary>What one peer asked for.</summary>
internal sealed class PeerSession(IAgentPort port, Lock turn, string kernelRelease)
{
    private const int MaxRequests = 64;

    private readonly FrameSink _sink = new(port, turn);
    private readonly ConcurrentDictionary<uint, IRequest> _requests = new();

    /// <summary>Whether no frame came yet.</summary>
    public bool IsUnused { get; private set; } = true;

    /// <summary>The peer went: all that it started ends, and nobody is told.</summary>
    public void End()
    {
        _sink.Close();
        foreach (IRequest request in _requests.Values)
        {
            request.Kill();
        }
    }

    /// <summary>Does what a frame asks for.</summary>
    public void Take(Frame frame)
    {
        IsUnused = false;
        switch (frame.Kind)
        {
            case FrameKind.Hello when Hello.TryParse(frame.Payload.Span, out Hello hello):
                _sink.Send(new HelloAnswer(Hello.CurrentVersion, hello.Nonce, kernelRelease).ToFrame());
                break;
            case FrameKind.Ping:
                _sink.Send(new Frame(FrameKind.Pong, frame.Request, frame.Payload));
                break;
            case FrameKind.Run:
                Begin(frame, RunRequest.TryParse(frame.Payload.Span, out RunRequest run) ? () => CommandRequest.Start(run, frame.Request, _sink, Forget) : null);
                break;
            case FrameKind.Put:
                Begin(frame, PutRequest.TryParse(frame.Payload.Span, out PutRequest put) ? () => PutFileRequest.Start(put, frame.Request, _sink, Forget) : null);
                break;
            case FrameKind.Get:
                Begin(frame, GetRequest.TryParse(frame.Payload.Span, out GetRequest get) ? () => GetFileRequest.Start(get, frame.Request, _sink, Forget) : null);
                break;

            // What comes for a request that is over comes too late, which is nobody's fault.
            case FrameKind.Input or FrameKind.InputEnd or FrameKind.Resize:
                _requests.GetValueOrDefault(frame.Request)?.Take(frame);
                break;
            case FrameKind.Kill:
                _requests.GetValueOrDefault(frame.Request)?.Kill();
                break;
            default:
                Refuse(frame, $"The agent does not know what a frame of kind {(ushort)frame.Kind} means, or what it carries is damaged.");
                break;
        }
    }

    private void Begin(Frame frame, Func<IRequest>? start)
    {
        if (start is null)
        {
            Refuse(frame, $"What the frame of kind {(ushort)frame.Kind} carries is no request.");
            return;
        }

        if (_requests.ContainsKey(frame.Request) || _requests.Count >= MaxRequests)
        {
            Refuse(frame, $"Request {frame.Request} can not begin: its number is in use, or {MaxRequests} are under way.");
            return;
        }

        try
        {
            // A request's thread may be at its end before it is in the list: the list has a place for it first.
            _requests[frame.Request] = StartingRequest.Instance;
            IRequest request = start();
            _requests.TryUpdate(frame.Request, request, StartingRequest.Instance);
        }
        catch (Exception e) when (e is KernelException or IOException or UnauthorizedAccessException)
        {
            Forget(frame.Request);
            Refuse(frame, e.Message);
        }
    }

    private void Refuse(Frame frame, string reason) => _sink.Send(new Failure(reason).ToFrame(frame.Request));

    private void Forget(uint request) => _requests.TryRemove(request, out _);
}
