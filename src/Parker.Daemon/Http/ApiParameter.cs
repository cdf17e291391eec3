namespace Parker.Daemon.Http;

/// <summary>A parameter of the query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in JSON Schema.</param>
/// <param name="Description">What it does.</param>
internal sealed record ApiParameter(string Name, string Type, string Description)
{
    public static ApiParameter DryRun { get; } = new("dry_run", "boolean", "Check everything and tell the steps; change nothing.");

    public static ApiParameter Now { get; } = new("now", "boolean", "Also where it runs: stop its CPUs at once.");

    public static ApiParameter GraceMs { get; } = new("grace_ms", "integer", "How long the kernel may take to shut down before its CPUs are stopped, in milliseconds; 0 does not ask it. 60000 where it is not given.");

    public static ApiParameter Await { get; } = new("await", "string", "'running' answers when the partition is no longer starting, 'init' when its kernel runs init or it is no longer running; or when the time is over.");

    public static ApiParameter Boot { get; } = new("boot", "integer", "-1 for the last boot that is over, -2 for the one before it, and so on; 0, or not given, for the one in memory.");

    public static ApiParameter After { get; } = new("after", "string", "The position of an earlier answer: only what came since.");

    public static ApiParameter AfterEvent { get; } = new("after", "integer", "The id of an event: only those after it. The header Last-Event-ID does the same.");

    public static ApiParameter Follow { get; } = new("follow", "boolean", "Go on with what happens from now on; true where it is not given.");

    public static ApiParameter WaitMs { get; } = new("wait_ms", "integer", "How long to wait for a record after that position, in milliseconds; at most 30000. 0 where it is not given.");

    public static ApiParameter AnswerMs { get; } = new("timeout_ms", "integer", "How long the kernel may take to answer each time that it is asked, in milliseconds. 15000 where it is not given.");

    public static ApiParameter TimeoutMs { get; } = new("timeout_ms", "integer", "How long to wait, in milliseconds. 90000 where it is not given.");
}
