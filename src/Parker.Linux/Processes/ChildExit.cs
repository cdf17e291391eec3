namespace Parker.Linux.Processes;

/// <summary>How a child process ended.</summary>
/// <param name="Code">Its exit code; 0 where a signal ended it.</param>
/// <param name="Signal">The signal that ended it; 0 where it exited by itself.</param>
public readonly record struct ChildExit(int Code, int Signal);
