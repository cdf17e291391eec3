using Parker.Agent.Protocol;

namespace Parker.Agent.Requests;

/// <summary>Something a peer asked for that is not over yet.</summary>
internal interface IRequest
{
    /// <summary>A further frame of the peer for it. It must not wait for long: it holds up all other frames.</summary>
    void Take(Frame frame);

    /// <summary>Ends it by force; it reports its end as any other.</summary>
    void Kill();
}
