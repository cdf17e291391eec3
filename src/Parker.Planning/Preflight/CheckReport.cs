namespace Parker.Planning.Preflight;

/// <summary>All checks of one machine.</summary>
/// <param name="Lines">One for each of <see cref="CheckCatalog.All"/>, in that order.</param>
public sealed record CheckReport(IReadOnlyList<CheckLine> Lines)
{
    /// <summary>Whether partitions can be started on the machine: nothing is missing, and nothing unknown that they need.</summary>
    public bool CanStart => !Lines.Any(line => line.Blocks);
}
