using Parker.Agent.Protocol;

namespace Parker.Agent.Requests;

/// <summary>Holds a request's number until it has begun; frames are taken one after the other, so that none reaches it.</summary>
internal sealed class StartingRequest : IRequest
{
    private StartingRequest()
    {
    }

    public static StartingRequest Instance { get; } = new();

    public void Take(Frame frame)
    {
    }

    public void Kill()
    {
    }
}
