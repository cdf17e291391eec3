using Parker.Linux.Interop;

namespace Parker.Linux.Machines;

/// <summary>Keeps the calling thread on its CPU at the highest real-time priority until it is disposed of.</summary>
internal sealed class PinnedThread : IDisposable
{
    private const int MaskBytes = 8192 / 8;

    private readonly byte[] _before;

    private PinnedThread(byte[] before) => _before = before;

    /// <summary>Pins the thread to the CPU that it runs on.</summary>
    public static PinnedThread Enter()
    {
        const string operation = "pin a thread";
        byte[] before = new byte[MaskBytes];
        if (SchedulerCalls.GetAffinity(0, MaskBytes, before) < 0)
        {
            throw KernelFile.Failure(operation, "sched_getaffinity");
        }

        Thread.BeginThreadAffinity();
        PinnedThread pinned = new(before);
        byte[] mask = new byte[MaskBytes];
        int cpu = SchedulerCalls.CurrentCpu();
        mask[cpu / 8] = (byte)(1 << (cpu % 8));
        if (SchedulerCalls.SetAffinity(0, MaskBytes, mask) < 0 || RealTimeCalls.SetScheduler(0, RealTimeCalls.SCHED_FIFO, RealTimeCalls.MaxPriority) < 0)
        {
            Partition.MachineException failure = KernelFile.Failure(operation, "sched_setscheduler");
            pinned.Dispose();
            throw failure;
        }

        return pinned;
    }

    public void Dispose()
    {
        _ = RealTimeCalls.SetScheduler(0, RealTimeCalls.SCHED_OTHER, 0);
        _ = SchedulerCalls.SetAffinity(0, MaskBytes, _before);
        Thread.EndThreadAffinity();
    }
}
