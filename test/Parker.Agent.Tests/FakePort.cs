using System.Collections.Concurrent;
using System.Diagnostics;
using Parker.Agent.Ports;
using Parker.Agent.Protocol;

namespace Parker.Agent.Tests;

/// <summary>A port whose other end is the test: it comes, goes, and reads or does not.</summary>
internal sealed class FakePort : IAgentPort, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BlockingCollection<byte[]> _toAgent = [];
    private readonly BlockingCollection<byte[]> _fromAgent = [];
    private readonly ManualResetEventSlim _connected = new(true);
    private readonly FrameReader _reader = new();
    private byte[] _rest = [];

    public int Read(Span<byte> buffer)
    {
        while (_rest.Length == 0)
        {
            if (!_toAgent.TryTake(out byte[]? next, 20))
            {
                if (!_connected.IsSet)
                {
                    return 0;
                }

                continue;
            }

            _rest = next;
            if (next.Length == 0)
            {
                // The mark of a peer that stopped the server: see Stop.
                return 0;
            }
        }

        int length = Math.Min(buffer.Length, _rest.Length);
        _rest.AsSpan(0, length).CopyTo(buffer);
        _rest = _rest[length..];
        return length;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        _connected.Wait();
        _fromAgent.Add(copy);
    }

    public void Connect() => _connected.Set();

    public void Disconnect() => _connected.Reset();

    /// <summary>Lets a waiting read and a waiting write return.</summary>
    public void Stop()
    {
        _toAgent.Add([]);
        _connected.Set();
    }

    public void Send(Frame frame) => _toAgent.Add(frame.ToBytes());

    public void SendBytes(byte[] bytes) => _toAgent.Add(bytes);

    /// <summary>The next frame of the agent.</summary>
    public Frame Receive()
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            if (_reader.TryRead(out Frame frame))
            {
                return frame;
            }

            if (_fromAgent.TryTake(out byte[]? bytes, 50))
            {
                _reader.Append(bytes);
            }
        }

        throw new TimeoutException("The agent sent no frame.");
    }

    /// <summary>Whether the agent stays silent for a moment.</summary>
    public bool IsSilent(int milliseconds) => !_reader.TryRead(out _) && !_fromAgent.TryTake(out _, milliseconds);

    public void Dispose()
    {
        _toAgent.Dispose();
        _fromAgent.Dispose();
        _connected.Dispose();
    }
}
