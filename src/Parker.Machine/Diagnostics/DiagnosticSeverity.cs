namespace Parker.Machine.Diagnostics;

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Works, but not as one would expect.</summary>
    Warning,

    /// <summary>The input is refused.</summary>
    Error,
}
