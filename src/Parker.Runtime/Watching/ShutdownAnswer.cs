namespace Parker.Runtime.Watching;

/// <summary>What came of asking a kernel to shut down.</summary>
public enum ShutdownAnswer
{
    /// <summary>No kernel runs in the partition.</summary>
    NotRunning,

    /// <summary>The kernel had ended before it was asked: it called ResetSystem.</summary>
    EndedBefore,

    /// <summary>It shows no heartbeat, so it does not poll the thermal zone that would tell it, and was not asked.</summary>
    CannotBeAsked,

    /// <summary>It was asked, and called ResetSystem.</summary>
    WentDown,

    /// <summary>It was asked, and did not call ResetSystem in time.</summary>
    StayedUp,
}
