using Parker.Agent.Ports;
using Parker.Agent.Protocol;

namespace Parker.Agent;

/// <summary>Serves one peer after the other at a port.</summary>
internal sealed class AgentServer(IAgentPort port, string kernelRelease)
{
    // How often it looks whether somebody is at the other end again.
    private const int LookMs = 10;

    private readonly Lock _turn = new();

    /// <summary>Serves until <paramref name="stop"/> says otherwise, which only tests do.</summary>
    public void Serve(CancellationToken stop)
    {
        byte[] buffer = new byte[Frame.HeaderLength + Frame.MaxPayload];
        FrameReader reader = new();
        PeerSession session = new(port, _turn, kernelRelease);
        while (!stop.IsCancellationRequested)
        {
            int length = port.Read(buffer);
            if (length <= 0)
            {
                session = Renew(session, reader);
                Thread.Sleep(LookMs);
                continue;
            }

            reader.Append(buffer.AsSpan(0, length));
            while (reader.TryRead(out Frame frame))
            {
                if (frame.Kind == FrameKind.Hello)
                {
                    // Also where the last peer went and this one came between two looks.
                    session.End();
                    session = new PeerSession(port, _turn, kernelRelease);
                }

                session.Take(frame);
            }
        }

        session.End();
    }

    private PeerSession Renew(PeerSession session, FrameReader reader)
    {
        reader.Reset();
        if (session.IsUnused)
        {
            return session;
        }

        session.End();
        return new PeerSession(port, _turn, kernelRelease);
    }
}
