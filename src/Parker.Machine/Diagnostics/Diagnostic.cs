namespace Parker.Machine.Diagnostics;

/// <summary>One finding about an input: a file, a table, a command line, a wish.</summary>
/// <param name="Id">Stable: letters of the subject and three digits, such as <c>IMG004</c>. Never reused for another meaning.</param>
/// <param name="Severity">Whether the input is refused.</param>
/// <param name="Place">Where it was found: a path, <c>file:line:column</c>, an offset, or empty.</param>
/// <param name="Message">What, which value, why: one or two sentences.</param>
/// <param name="Remedy">What to do now; empty where there is nothing to do.</param>
public sealed record Diagnostic(string Id, DiagnosticSeverity Severity, string Place, string Message, string Remedy = "")
{
    /// <summary><c>place: error ID: message remedy</c>, the form of compilers.</summary>
    public override string ToString()
    {
        string severity = Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "note",
        };
        string place = Place.Length == 0 ? "" : Place + ": ";
        string remedy = Remedy.Length == 0 ? "" : " " + Remedy;
        return $"{place}{severity} {Id}: {Message}{remedy}";
    }
}
