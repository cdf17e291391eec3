using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>Real-time scheduling of the calling thread.</summary>
internal static partial class RealTimeCalls
{
    public const int SCHED_OTHER = 0;
    public const int SCHED_FIFO = 1;

    /// <summary>The highest priority of SCHED_FIFO.</summary>
    public const int MaxPriority = 99;

    /// <summary><paramref name="priority"/> is a <c>struct sched_param</c>, whose only member it is.</summary>
    [LibraryImport(Library.Name, EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int thread, int policy, in int priority);
}
