using Parker.Agent.Protocol;
using Parker.Agent.Protocol.Messages;

namespace Parker.Lab.Agents;

/// <summary>A terminal in the guest with a program in it.</summary>
public sealed class AgentTerminal : IDisposable
{
    private readonly AgentClient _client;
    private readonly AgentRequest _request;

    internal AgentTerminal(AgentClient client, AgentRequest request)
    {
        _client = client;
        _request = request;
    }

    /// <summary>Types bytes.</summary>
    public void Type(ReadOnlyMemory<byte> bytes) => _client.Send(new Frame(FrameKind.Input, _request.Number, bytes));

    /// <summary>Gives it another size.</summary>
    public void Resize(TerminalSize size) => _client.Send(size.ToFrame(_request.Number));

    /// <summary>Hands on what is written until the program ends.</summary>
    /// <param name="write">Takes what it writes.</param>
    /// <param name="idle">Called about twice a second.</param>
    /// <exception cref="LabException">The program can not be started, or the guest went away.</exception>
    public ExitReport Follow(Action<ReadOnlyMemory<byte>> write, Action idle)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(idle);
        while (true)
        {
            if (!_request.TryNext(TimeSpan.FromMilliseconds(500), out Frame frame))
            {
                idle();
                continue;
            }

            switch (frame.Kind)
            {
                case FrameKind.Output:
                    write(frame.Payload);
                    break;
                case FrameKind.Exited when ExitReport.TryParse(frame.Payload.Span, out ExitReport report):
                    return report;
                default:
                    throw AgentClient.Refused(frame, "The terminal cannot be opened in the guest");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _request.Dispose();
}
