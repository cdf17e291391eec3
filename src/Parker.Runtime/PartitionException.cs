using Parker.Machine.Diagnostics;

namespace Parker.Runtime;

/// <summary>What was asked of a partition is refused, before anything was changed.</summary>
public sealed class PartitionException : Exception
{
    /// <summary>One reason or several.</summary>
    public PartitionException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join('\n', diagnostics)) => Diagnostics = diagnostics;

    /// <summary>The reasons, with their ids.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
