namespace Parker.Linux.Processes;

/// <summary>What happened to a child process.</summary>
public enum ChildEvent
{
    /// <summary>Nothing, in the time given.</summary>
    None,

    /// <summary>It wrote to its standard output, or to its terminal.</summary>
    Output,

    /// <summary>It wrote to its standard error.</summary>
    Error,

    /// <summary>It ended, and all that it wrote was given.</summary>
    Ended,
}
