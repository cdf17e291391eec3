using System.Collections.Concurrent;
using Parker.Agent.Protocol;

namespace Parker.Lab.Agents;

/// <summary>A request under way: what the agent sent for it and nobody read yet.</summary>
internal sealed class AgentRequest(AgentClient client, uint number) : IDisposable
{
    private readonly BlockingCollection<Frame> _frames = [];

    public uint Number => number;

    /// <summary>The next frame for it; false when none came in time.</summary>
    /// <exception cref="LabException">The connection ended.</exception>
    public bool TryNext(TimeSpan timeout, out Frame frame)
    {
        if (_frames.TryTake(out frame, timeout))
        {
            return true;
        }

        return _frames.IsAddingCompleted ? throw client.Ended() : false;
    }

    public void Deliver(Frame frame)
    {
        try
        {
            _frames.Add(frame);
        }
        catch (InvalidOperationException)
        {
            // The connection ended between.
        }
    }

    public void Close() => _frames.CompleteAdding();

    public void Dispose()
    {
        client.Forget(this);
        _frames.Dispose();
    }
}
