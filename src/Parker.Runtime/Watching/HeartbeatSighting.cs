namespace Parker.Runtime.Watching;

/// <summary>What was seen of a heartbeat: what a later look compares with.</summary>
/// <param name="BootId">The boot that it belongs to.</param>
/// <param name="Count">The count.</param>
/// <param name="FirstSeen">When this count was first seen.</param>
/// <param name="LastSeen">When this count was last seen.</param>
/// <param name="Moved">Whether the count was seen to become this one; false where the look before was too long ago to tell when it did.</param>
public sealed record HeartbeatSighting(Guid BootId, uint Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, bool Moved)
{
    /// <summary>Looks further apart than this do not tell when a heartbeat moved: it counts once a second.</summary>
    public static TimeSpan LongestGap { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The sighting after one more look.</summary>
    /// <param name="last">The one before; null where nobody has looked.</param>
    /// <param name="bootId">The boot that runs now.</param>
    /// <param name="count">The count now.</param>
    /// <param name="now">The time.</param>
    public static HeartbeatSighting Next(HeartbeatSighting? last, Guid bootId, uint count, DateTimeOffset now)
    {
        bool sameBoot = last?.BootId == bootId;
        return sameBoot && last!.Count == count
            ? last with { LastSeen = now }
            : new HeartbeatSighting(bootId, count, now, now, sameBoot && now - last!.LastSeen <= LongestGap);
    }
}
