namespace Parker.Inspect.Logs;

/// <summary>What one reading of a log gave.</summary>
/// <param name="Records">By number.</param>
/// <param name="Position">Where to go on.</param>
/// <param name="Lost">Records that were overwritten, or changed, while they were read, or whose descriptor holds garbage.</param>
public sealed record LogReading(IReadOnlyList<LogRecord> Records, LogPosition Position, ulong Lost);
