namespace Parker.Inspect.Logs;

/// <summary>How urgent a record is (include/linux/kern_levels.h). Any value of three bits is legal.</summary>
public enum LogLevel
{
    /// <summary>The system is unusable.</summary>
    Emergency,

    /// <summary>Something must be done at once.</summary>
    Alert,

    /// <summary>Critical.</summary>
    Critical,

    /// <summary>An error.</summary>
    Error,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>Normal, but significant.</summary>
    Notice,

    /// <summary>Worth knowing.</summary>
    Informational,

    /// <summary>For who looks for a fault.</summary>
    Debug,
}
