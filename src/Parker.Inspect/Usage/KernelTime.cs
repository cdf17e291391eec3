namespace Parker.Inspect.Usage;

/// <summary>Times of a kernel, which counts nanoseconds.</summary>
internal static class KernelTime
{
    /// <summary>The time of so many nanoseconds; the longest there is where that is garbage.</summary>
    public static TimeSpan Of(ulong nanoseconds) => new((long)Math.Min(nanoseconds / TimeSpan.NanosecondsPerTick, long.MaxValue));
}
