namespace Parker.Machine.Topology;

/// <summary>How the time stamp counter's frequency became known, the best first.</summary>
public enum TscSource
{
    /// <summary><c>time_mult</c> and <c>time_shift</c> of a perf_event mmap page: the kernel's own conversion.</summary>
    PerfEvent,

    /// <summary>A line <c>tsc: Refined TSC clocksource calibration</c> or <c>tsc: Detected</c> of the kernel log.</summary>
    KernelLog,

    /// <summary>RDTSC against CLOCK_MONOTONIC_RAW.</summary>
    Measured,

    /// <summary>Nothing told it.</summary>
    Unknown,
}
