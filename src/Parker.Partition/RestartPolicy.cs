namespace Parker.Partition;

/// <summary>When a partition whose kernel has ended is started again without anybody asking. One whose kernel asked for a reboot always is.</summary>
public enum RestartPolicy
{
    /// <summary>By a command alone.</summary>
    Never,

    /// <summary>After a panic or a hang.</summary>
    OnFailure,

    /// <summary>After every end that nobody asked for.</summary>
    Always,
}
