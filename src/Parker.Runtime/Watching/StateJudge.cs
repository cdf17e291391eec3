using System.Globalization;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Partition;

namespace Parker.Runtime.Watching;

/// <summary>Tells the state of a started partition from its header page and from what its kernel's log said. Pure.</summary>
public static class StateJudge
{
    private const int LongestLine = 160;

    // The heartbeat counts once a second; a panic stops it, and what else a panic does is done long before.
    private static readonly TimeSpan StandsAfter = TimeSpan.FromSeconds(3);

    /// <summary>Judges.</summary>
    /// <param name="observation">The words now.</param>
    /// <param name="sighting">What was seen of the heartbeat; its count is the observation's.</param>
    /// <param name="kernel">What was seen of its log; null where nothing is known.</param>
    /// <param name="startedAt">When the boot began.</param>
    /// <param name="now">The time of the observation.</param>
    /// <param name="options">The bounds.</param>
    public static (PartitionState State, Evidence Evidence) Judge(
        HeaderObservation observation,
        HeartbeatSighting sighting,
        KernelObservation? kernel,
        DateTimeOffset startedAt,
        DateTimeOffset now,
        RuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        ArgumentNullException.ThrowIfNull(options);
        (PartitionState state, string text) = (observation.ResetWord, observation.Heartbeat) switch
        {
            (not 0, _) => JudgeReset(observation),
            (_, not 0) => JudgeHeartbeat(sighting, now, options),
            _ => JudgeStart(observation, now - startedAt, options),
        };
        (state, text) = JudgeLog(state, text, kernel, stands: observation.Heartbeat == 0 || now - sighting.FirstSeen > StandsAfter);
        return (state, new Evidence(text, now));
    }

    /// <summary>A kernel that panics before its init runs does not call ResetSystem, but stops for ever (panic=0): its log says so. Of others, the log tells why.</summary>
    private static (PartitionState State, string Text) JudgeLog(PartitionState state, string text, KernelObservation? kernel, bool stands)
    {
        string? panic = kernel?.Panic;
        return state switch
        {
            PartitionState.Panicked when panic is not null => (state, $"{text}; {Quoted(panic)}"),
            PartitionState.Starting or PartitionState.Running or PartitionState.Hung when panic is not null && stands => (PartitionState.Panicked, $"{Quoted(panic)}; {text}"),
            PartitionState.Hung when kernel?.Last is LogRecord last => (state, $"{text}; its log ends with {Quoted(last.Text)}"),
            _ => (state, text),
        };
    }

    private static string Quoted(string line) => $"\"{(line.Length <= LongestLine ? line : line[..LongestLine] + "…")}\"";

    private static (PartitionState State, string Text) JudgeReset(HeaderObservation observation)
    {
        string call = string.Create(CultureInfo.InvariantCulture, $"ResetSystem was called with type {observation.ResetWord - HeaderPageLayout.ResetWordBase}");
        return observation.ResetWord switch
        {
            HeaderPageLayout.ResetWordBase + 0 => (PartitionState.Rebooting, call + " (cold: reboot)"),
            HeaderPageLayout.ResetWordBase + 1 => (PartitionState.Panicked, call + " (warm: panic)"),
            HeaderPageLayout.ResetWordBase + 2 => (PartitionState.Off, call + " (shutdown: power off)"),
            _ => (PartitionState.Failed, string.Create(CultureInfo.InvariantCulture, $"the reset word holds 0x{observation.ResetWord:x}, which ResetSystem does not write")),
        };
    }

    private static (PartitionState State, string Text) JudgeHeartbeat(HeartbeatSighting sighting, DateTimeOffset now, RuntimeOptions options)
    {
        TimeSpan still = now - sighting.FirstSeen;
        if (still > options.HangTimeout)
        {
            return (PartitionState.Hung, string.Create(CultureInfo.InvariantCulture, $"heartbeat stands at {sighting.Count} for {still.TotalSeconds:0} s"));
        }

        return sighting.Moved
            ? (PartitionState.Running, string.Create(CultureInfo.InvariantCulture, $"heartbeat {sighting.Count}, moved {still.TotalSeconds:0.0} s ago"))
            : (PartitionState.Running, string.Create(CultureInfo.InvariantCulture, $"heartbeat {sighting.Count}, not seen to move in {still.TotalSeconds:0.0} s of looking"));
    }

    private static (PartitionState State, string Text) JudgeStart(HeaderObservation observation, TimeSpan age, RuntimeOptions options)
    {
        string seconds = string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0.0} s after the start");
        return (observation.VirtualMapMark, observation.StartMark) switch
        {
            (not 0, _) when age > options.StartTimeout => (PartitionState.Running, $"SetVirtualAddressMap was called, but no heartbeat {seconds}: the kernel does not poll its thermal zone, so a hang cannot be told"),
            (not 0, _) => (PartitionState.Starting, $"SetVirtualAddressMap was called, no heartbeat yet {seconds}"),
            (_, not 0) when age > options.StartTimeout => (PartitionState.Hung, $"the kernel was entered, but has not called SetVirtualAddressMap {seconds}"),
            (_, not 0) => (PartitionState.Starting, $"the kernel was entered, no SetVirtualAddressMap yet {seconds}"),
            _ when age > options.StartTimeout => (PartitionState.Hung, $"the first instruction was taken, but long mode was not reached {seconds}"),
            _ => (PartitionState.Starting, $"the first instruction was taken {seconds}"),
        };
    }
}
