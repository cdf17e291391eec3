namespace Parker.Runtime.Supervision;

/// <summary>What is to be done for a partition without anybody asking.</summary>
/// <param name="Attempt">Which restart in a row the next one is, from 1; 0 where none is to come.</param>
/// <param name="Due">When it is due.</param>
/// <param name="GivesUp">Whether there would be one more, but for the limit.</param>
public readonly record struct RestartDecision(int Attempt, DateTimeOffset Due, bool GivesUp)
{
    /// <summary>Nothing is to be done.</summary>
    public static RestartDecision Nothing => default;

    /// <summary>Whether a restart is due.</summary>
    /// <param name="now">The time.</param>
    public bool IsDue(DateTimeOffset now) => Attempt > 0 && Due <= now;
}
