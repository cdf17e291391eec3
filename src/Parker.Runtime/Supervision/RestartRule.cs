using Parker.Partition;

namespace Parker.Runtime.Supervision;

/// <summary>Tells which partitions are to be started again, and when. Pure.</summary>
public static class RestartRule
{
    /// <summary>Decides for one partition.</summary>
    /// <param name="partition">The partition as it was seen last.</param>
    /// <param name="options">The bounds.</param>
    public static RestartDecision Decide(PartitionRecord partition, SupervisionOptions options)
    {
        ArgumentNullException.ThrowIfNull(partition);
        ArgumentNullException.ThrowIfNull(options);
        if (partition.Unfinished is not null || partition.ShutdownAsked || partition.GivenUp || partition.AwaitsDump || !AsksForRestart(partition))
        {
            return RestartDecision.Nothing;
        }

        bool isSteady = partition.MayRun && partition.StartedAt is DateTimeOffset started && partition.StateSince - started >= options.Steady;
        int attempt = isSteady ? 1 : partition.RestartsInRow + 1;
        if (attempt > options.Limit)
        {
            return new RestartDecision(0, default, GivesUp: true);
        }

        // A refused restart leaves the state as it was: the pause counts from the refusal then.
        DateTimeOffset from = partition.RestartRefusedAt is DateTimeOffset refused && refused > partition.StateSince ? refused : partition.StateSince;
        return new RestartDecision(attempt, from + Pause(partition.State, attempt, options), GivesUp: false);
    }

    /// <summary>The pause before a restart.</summary>
    /// <param name="state">How the boot before it ended.</param>
    /// <param name="attempt">Which in a row it is, from 1.</param>
    /// <param name="options">The bounds.</param>
    public static TimeSpan Pause(PartitionState state, int attempt, SupervisionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        int doublings = state == PartitionState.Rebooting ? attempt - 2 : attempt - 1;
        if (doublings < 0)
        {
            return TimeSpan.Zero;
        }

        double seconds = options.FirstPause.TotalSeconds * Math.Pow(2, Math.Min(doublings, 30));
        return TimeSpan.FromSeconds(Math.Min(seconds, options.LongestPause.TotalSeconds));
    }

    private static bool AsksForRestart(PartitionRecord partition) => partition.State switch
    {
        PartitionState.Rebooting => true,
        PartitionState.Panicked or PartitionState.Hung => partition.Policy.Restart != RestartPolicy.Never,
        PartitionState.Off => partition.Policy.Restart == RestartPolicy.Always,

        // A restart of ours that failed; what failed by a command is for whoever gave it.
        PartitionState.Failed => partition.RestartsInRow > 0 && !partition.MayRun,
        _ => false,
    };
}
