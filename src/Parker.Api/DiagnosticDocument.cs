using Parker.Machine.Diagnostics;

namespace Parker.Api;

/// <summary>A finding about an input.</summary>
/// <param name="Id">Stable, such as <c>TOPO001</c>; docs/diagnostics.md lists all.</param>
/// <param name="Severity"><c>note</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Place">Where: a path, <c>file:line:column</c>, or empty.</param>
/// <param name="Message">What, which value, why.</param>
/// <param name="Remedy">What to do; empty where there is nothing to do.</param>
public sealed record DiagnosticDocument(string Id, string Severity, string Place, string Message, string Remedy)
{
    /// <summary>The document of a finding.</summary>
    public static DiagnosticDocument Of(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return new(diagnostic.Id, ApiJson.NameOf(diagnostic.Severity), diagnostic.Place, diagnostic.Message, diagnostic.Remedy);
    }

    /// <summary>The form of <see cref="Diagnostic.ToString"/>.</summary>
    public override string ToString() => $"{(Place.Length == 0 ? "" : Place + ": ")}{Severity} {Id}: {Message}{(Remedy.Length == 0 ? "" : " " + Remedy)}";
}
