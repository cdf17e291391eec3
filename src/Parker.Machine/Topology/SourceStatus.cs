namespace Parker.Machine.Topology;

/// <summary>How a reading went.</summary>
public enum SourceStatus
{
    /// <summary>It was read.</summary>
    Ok,

    /// <summary>It does not exist.</summary>
    Missing,

    /// <summary>It exists, and this user may not read it.</summary>
    Denied,

    /// <summary>It exists and reading it failed (an I/O error, too large, not captured).</summary>
    Failed,
}
