namespace Parker.Daemon.Events;

/// <summary>Who asked for what is done now.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Process">The process that opened the connection, or wrote to a control file.</param>
public sealed record Requester(uint Uid, int Process)
{
    private static readonly AsyncLocal<Requester?> Flowing = new();

    /// <summary>Who asked; null where nobody did. It follows the request over threads.</summary>
    public static Requester? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
