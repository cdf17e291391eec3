namespace Parker.Linux.Processes;

/// <summary>What a child process is started with.</summary>
/// <param name="Arguments">The program, looked up in PATH, and its arguments.</param>
/// <param name="Environment">Its whole environment, each <c>NAME=value</c>.</param>
/// <param name="Folder">Where it starts; empty for this process's own folder.</param>
/// <param name="Terminal">The size of its terminal; null for none.</param>
public sealed record ChildStart(IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment, string Folder, (ushort Rows, ushort Columns)? Terminal);
