namespace Parker.Runtime.Supervision;

/// <summary>How eagerly partitions are started again.</summary>
public sealed record SupervisionOptions
{
    /// <summary>The pause before the first restart in a row after a panic, a hang or a power-off; each further one doubles it. After a reboot the first has none.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A boot that lived this long ends a row of restarts.</summary>
    public TimeSpan Steady { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After this many restarts in a row none follows.</summary>
    public int Limit { get; init; } = 5;
}
