namespace Parker.Planning.Preflight;

/// <summary>What a check found.</summary>
public enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Partitions can be started, but something does not work or is not as good as it could be.</summary>
    Warn,

    /// <summary>Partitions cannot be started until it is fixed.</summary>
    Missing,

    /// <summary>What would tell it could not be read.</summary>
    Unknown,
}
