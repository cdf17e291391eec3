using Parker.Machine.Diagnostics;

namespace Parker.Daemon.Partitions;

/// <summary>A request was refused before anything of the machine was changed.</summary>
/// <param name="diagnostics">Every reason.</param>
public sealed class RefusedException(IReadOnlyList<Diagnostic> diagnostics) : Exception(string.Join(Environment.NewLine, diagnostics))
{
    /// <summary>Every reason; at least one is an error.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => diagnostics;
}
