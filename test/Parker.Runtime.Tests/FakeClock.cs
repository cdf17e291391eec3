namespace Parker.Runtime.Tests;

/// <summary>A clock that moves only when somebody waits.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(_ticks);

    public void Advance(TimeSpan duration) => _ticks += duration.Ticks;
}
