using System.Collections.Concurrent;
using Parker.ControlFs.Sessions;

namespace Parker.ControlFs.Tests;

/// <summary>The kernel's side, in memory.</summary>
internal sealed class FakeChannel : IFuseChannel
{
    private readonly BlockingCollection<byte[]> _requests = [];
    private readonly BlockingCollection<byte[]> _messages = [];

    /// <summary>Whether messages are thrown away, so that nothing is allocated for them.</summary>
    public bool Discards { get; init; }

    /// <summary>How many messages there were.</summary>
    public int Count { get; private set; }

    /// <summary>Lets the file system read a request.</summary>
    public void Send(byte[] request) => _requests.Add(request);

    /// <summary>Ends the mount.</summary>
    public void End() => _requests.CompleteAdding();

    /// <summary>Waits for the next message of the file system.</summary>
    public byte[] Receive() =>
        _messages.TryTake(out byte[]? message, TimeSpan.FromSeconds(10)) ? message : throw new TimeoutException("The file system sends nothing.");

    /// <summary>The next message, where there is one already.</summary>
    public byte[]? TryReceive() => _messages.TryTake(out byte[]? message) ? message : null;

    public int Read(Span<byte> buffer)
    {
        if (!_requests.TryTake(out byte[]? request, Timeout.Infinite))
        {
            return 0;
        }

        request.CopyTo(buffer);
        return request.Length;
    }

    public bool Write(ReadOnlySpan<byte> message)
    {
        Count++;
        if (!Discards)
        {
            _messages.Add(message.ToArray());
        }

        return true;
    }
}
