using Parker.Inspect.Logs;

namespace Parker.Inspect.Kernels;

/// <summary>What a kernel's memory tells of how it is, at one moment.</summary>
/// <remarks>Texts are the kernel's and can be anything that whoever is root in there writes.</remarks>
public sealed record KernelObservation
{
    /// <summary>Its release.</summary>
    public required string Release { get; init; }

    /// <summary>Its count of ticks; null where it is not known. A kernel whose CPUs all sleep counts on when one wakes, so standing still for seconds is not yet a hang.</summary>
    public required ulong? Jiffies { get; init; }

    /// <summary>The newest record of its log; null where there was none yet.</summary>
    public required LogRecord? Last { get; init; }

    /// <summary>The last records of its log, at most <see cref="KernelObserver.MostLastRecords"/>, oldest first.</summary>
    public required IReadOnlyList<LogRecord> LastRecords { get; init; }

    /// <summary>The last line of each kind of trouble. Of panics it is the first: others follow from it.</summary>
    public required IReadOnlyDictionary<KernelTrouble, LogRecord> Troubles { get; init; }

    /// <summary>How many processes it has killed for want of memory.</summary>
    public required int OutOfMemoryKills { get; init; }

    /// <summary>What it says before it stops for good; null where it has not.</summary>
    public string? Panic => Troubles.TryGetValue(KernelTrouble.Panic, out LogRecord? record) ? record.Text : null;
}
