namespace Parker.Planning.Configuration;

/// <summary>When a partition whose kernel has ended is started again.</summary>
public enum RestartPolicy
{
    /// <summary>By a command alone.</summary>
    Never,

    /// <summary>After a panic, a hang or a failure.</summary>
    OnFailure,

    /// <summary>After every end that nobody asked for.</summary>
    Always,
}
