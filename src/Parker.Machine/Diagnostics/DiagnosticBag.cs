using System.Collections;

namespace Parker.Machine.Diagnostics;

/// <summary>Collects the findings of one reading, so that all problems are told at once.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <inheritdoc/>
    public int Count => _diagnostics.Count;

    /// <summary>Whether one of them is an error.</summary>
    public bool HasErrors => _diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Adds a finding made elsewhere.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        _diagnostics.Add(diagnostic);
    }

    /// <summary>Adds all findings of another reading.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics) => _diagnostics.AddRange(diagnostics);

    /// <summary>The input is refused.</summary>
    public void Error(string id, string place, string message, string remedy = "") => _diagnostics.Add(new(id, DiagnosticSeverity.Error, place, message, remedy));

    /// <summary>The input is taken, but not as one would expect.</summary>
    public void Warning(string id, string place, string message, string remedy = "") => _diagnostics.Add(new(id, DiagnosticSeverity.Warning, place, message, remedy));

    /// <summary>Worth knowing.</summary>
    public void Note(string id, string place, string message, string remedy = "") => _diagnostics.Add(new(id, DiagnosticSeverity.Note, place, message, remedy));

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _diagnostics.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
