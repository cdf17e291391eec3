using System.Diagnostics;
using Parker.Boot.Building;

namespace Parker.Boot.Bench;

/// <summary>How long it takes to build an image, and what it allocates.</summary>
/// <param name="Name">The partition.</param>
/// <param name="FirstMs">The first time in this process.</param>
/// <param name="MedianMs">Of all but the first.</param>
/// <param name="FastestMs">Of all but the first.</param>
/// <param name="AllocatedBytes">By the last one.</param>
internal sealed record ImageMeasurement(string Name, double FirstMs, double MedianMs, double FastestMs, long AllocatedBytes)
{
    /// <summary>Builds an image so many times, and once more before.</summary>
    public static ImageMeasurement Take(string name, Func<PartitionImage> build, int rounds)
    {
        double first = Time(build).TotalMilliseconds;
        double[] times = new double[rounds];
        long allocated = 0;
        for (int round = 0; round < rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            times[round] = Time(build).TotalMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(times);
        return new ImageMeasurement(name, first, times[rounds / 2], times[0], allocated);
    }

    private static TimeSpan Time(Func<PartitionImage> build)
    {
        long start = Stopwatch.GetTimestamp();
        PartitionImage image = build();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        GC.KeepAlive(image);
        return time;
    }
}
