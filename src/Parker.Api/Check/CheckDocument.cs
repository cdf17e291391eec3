namespace Parker.Api.Check;

/// <summary>Whether partitions can be started on a machine.</summary>
/// <param name="Version">Always <see cref="CurrentVersion"/> in what this program writes.</param>
/// <param name="CanStart">Nothing is missing, and nothing unknown that partitions need.</param>
/// <param name="Checks">One for each requirement, by id.</param>
public sealed record CheckDocument(int Version, bool CanStart, IReadOnlyList<CheckLineDocument> Checks)
{
    /// <summary>The version of this document's form.</summary>
    public const int CurrentVersion = 1;
}
