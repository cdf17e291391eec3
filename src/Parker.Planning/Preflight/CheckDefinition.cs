namespace Parker.Planning.Preflight;

/// <summary>One thing that is checked.</summary>
/// <param name="Id">Stable, such as <c>CHK010</c>; docs/checks.md says what is read and what each status means.</param>
/// <param name="Subject">A few words for people.</param>
/// <param name="IsRequired">Whether partitions cannot be promised to start while it is unknown.</param>
public sealed record CheckDefinition(string Id, string Subject, bool IsRequired);
