using Parker.Planning.Difference;

namespace Parker.Planning.Bench;

/// <summary>How much processor time it takes to plan, and what it allocates.</summary>
/// <remarks>Of all threads of the process, so that it is no less than the time on the clock of an idle machine, and no more where others are busy.</remarks>
/// <param name="FirstMs">The first time in this process, as a user of the command line has it.</param>
/// <param name="MedianMs">Of all but the first.</param>
/// <param name="FastestMs">Of all but the first.</param>
/// <param name="AllocatedBytes">By the last one, whether it was kept or not.</param>
internal sealed record PlanningMeasurement(double FirstMs, double MedianMs, double FastestMs, long AllocatedBytes)
{
    /// <summary>Plans so many times, and once more before.</summary>
    public static PlanningMeasurement Take(Func<MachinePlan> plan, int rounds)
    {
        double first = Time(plan);
        double[] times = new double[rounds];
        long allocated = 0;
        for (int round = 0; round < rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            times[round] = Time(plan);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(times);
        return new PlanningMeasurement(first, times[rounds / 2], times[0], allocated);
    }

    private static double Time(Func<MachinePlan> plan)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        MachinePlan made = plan();
        double time = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
        GC.KeepAlive(made);
        return time;
    }
}
