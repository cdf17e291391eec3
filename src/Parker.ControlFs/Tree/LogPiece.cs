namespace Parker.ControlFs.Tree;

/// <summary>A piece of a kernel's log.</summary>
/// <param name="Text">Its lines, each with a newline at its end.</param>
/// <param name="Position">Where it ends; null where the next piece cannot begin there and has this one's lines, too.</param>
/// <param name="Begins">Whether it begins at the log's beginning: where a position was given, the kernel of that was another one.</param>
public sealed record LogPiece(string Text, string? Position, bool Begins);
