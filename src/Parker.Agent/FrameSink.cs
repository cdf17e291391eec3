using Parker.Agent.Ports;
using Parker.Agent.Protocol;

namespace Parker.Agent;

/// <summary>Where the requests of one peer send their frames. After the peer went they go nowhere.</summary>
internal sealed class FrameSink(IAgentPort port, Lock turn)
{
    private volatile bool _closed;

    /// <summary>Whether the peer went.</summary>
    public bool IsClosed => _closed;

    /// <summary>From here on nothing is sent. A frame that is under way in another thread may still arrive at the next peer, who skips it.</summary>
    public void Close() => _closed = true;

    public void Send(Frame frame)
    {
        // Frames of all requests share the port: one at a time, so that none is cut.
        lock (turn)
        {
            if (!_closed)
            {
                port.Write(frame.ToBytes());
            }
        }
    }
}
