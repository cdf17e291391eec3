namespace Parker.Api.Check;

/// <summary>What one check found.</summary>
/// <param name="Id">Stable; docs/checks.md lists all.</param>
/// <param name="Subject">A few words for people.</param>
/// <param name="Required">Whether partitions cannot be promised to start while it is unknown.</param>
/// <param name="Status"><c>ok</c>, <c>warn</c>, <c>missing</c> or <c>unknown</c>.</param>
/// <param name="Evidence">What was seen, where.</param>
/// <param name="Fix">The boot parameter, command or setting; empty where there is nothing to do.</param>
public sealed record CheckLineDocument(string Id, string Subject, bool Required, string Status, string Evidence, string Fix)
{
    /// <summary>The document of a line.</summary>
    /// <param name="id">Stable.</param>
    /// <param name="subject">A few words for people.</param>
    /// <param name="required">Whether it must be known.</param>
    /// <param name="status">A value that is called like one of the statuses above.</param>
    /// <param name="evidence">What was seen.</param>
    /// <param name="fix">What to do.</param>
    public static CheckLineDocument Of<TStatus>(string id, string subject, bool required, TStatus status, string evidence, string fix)
        where TStatus : struct, Enum => new(id, subject, required, ApiJson.NameOf(status), evidence, fix);
}
