namespace Parker.Agent.Protocol.Messages;

/// <summary>How a command ended.</summary>
public enum ExitReason : ushort
{
    /// <summary>It exited by itself.</summary>
    Exited = 0,

    /// <summary>A signal ended it.</summary>
    Signaled = 1,

    /// <summary>Its time passed and the agent killed it.</summary>
    TimedOut = 2,
}
