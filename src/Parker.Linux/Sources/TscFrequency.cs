using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine.Topology;

namespace Parker.Linux.Sources;

/// <summary>The time stamp counter's frequency: the kernel's own conversion to nanoseconds, else a measurement of about 100 ms.</summary>
internal static class TscFrequency
{
    private const int Samples = 5;
    private const int SampleMs = 20;
    private const int MaxBracketTries = 20;
    private const int SeqlockTries = 1000;

    public static SourceStatus TryRead(out TscReading frequency)
    {
        if (TryReadPerf(out frequency))
        {
            return SourceStatus.Ok;
        }

        return TryMeasure(out frequency) ? SourceStatus.Ok : SourceStatus.Failed;
    }

    /// <summary>From the mmap page of an event that counts nothing.</summary>
    /// <remarks>
    /// nanoseconds = cycles * time_mult / 2^time_shift (linux/perf_event.h). The kernel leaves the capability away where its own clock does not use the TSC, as
    /// under a hypervisor's clock; and it opens no event for unprivileged users where perf_event_paranoid is 3 (Debian).
    /// </remarks>
    internal static unsafe bool TryReadPerf(out TscReading frequency)
    {
        frequency = default;
        perf_event_attr attributes = new()
        {
            type = PerfCalls.PERF_TYPE_SOFTWARE,
            size = (uint)sizeof(perf_event_attr),
            config = PerfCalls.PERF_COUNT_SW_DUMMY,
            flags = perf_event_attr.Disabled | perf_event_attr.ExcludeKernel | perf_event_attr.ExcludeHypervisor,
        };
        using SafeFileHandle file = PerfCalls.OpenForThisThread(in attributes);
        if (file.IsInvalid)
        {
            return false;
        }

        try
        {
            using MappedMemory memory = MappedMemory.OfFile(file, "perf_event", (nuint)Environment.SystemPageSize, MemoryCalls.PROT_READ);

            // SAFETY: the kernel maps a page that starts with this structure, it stays mapped until the end of this block, and is only read.
            perf_event_mmap_page* page = (perf_event_mmap_page*)memory.DangerousGetHandle();
            for (int i = 0; i < SeqlockTries; i++)
            {
                uint before = Volatile.Read(ref page->@lock);
                ulong capabilities = Volatile.Read(ref page->capabilities);
                uint multiplier = Volatile.Read(ref page->time_mult);
                ushort shift = Volatile.Read(ref page->time_shift);
                Interlocked.MemoryBarrier();
                if ((before & 1) != 0 || Volatile.Read(ref page->@lock) != before)
                {
                    continue;
                }

                if ((capabilities & perf_event_mmap_page.CapUserTime) == 0 || multiplier == 0 || shift > 63)
                {
                    return false;
                }

                double hertz = 1e9 * Math.ScaleB(1.0, shift) / multiplier;
                frequency = new TscReading(
                    hertz,
                    TscSource.PerfEvent,
                    string.Create(CultureInfo.InvariantCulture, $"perf_event mmap page: time_mult {multiplier}, time_shift {shift}"));
                return true;
            }
        }
        catch (KernelException)
        {
            // The other way remains.
        }

        return false;
    }

    /// <summary>RDTSC against CLOCK_MONOTONIC_RAW on one CPU, the median of several stretches.</summary>
    internal static bool TryMeasure(out TscReading frequency)
    {
        frequency = default;
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return false;
        }

        Span<byte> allowed = stackalloc byte[1024];
        bool pinned = TryPin(allowed);
        try
        {
            using TimeStampCounter counter = new();
            double[] ratios = new double[Samples];
            (ulong Cycles, long Nanoseconds) last = Sample(counter);
            for (int i = 0; i < Samples; i++)
            {
                Thread.Sleep(SampleMs);
                (ulong Cycles, long Nanoseconds) now = Sample(counter);
                if (now.Cycles <= last.Cycles || now.Nanoseconds <= last.Nanoseconds)
                {
                    return false;
                }

                ratios[i] = (now.Cycles - last.Cycles) * 1e9 / (now.Nanoseconds - last.Nanoseconds);
                last = now;
            }

            Array.Sort(ratios);
            double spread = (ratios[^1] - ratios[0]) / ratios[Samples / 2];
            frequency = new TscReading(
                ratios[Samples / 2],
                TscSource.Measured,
                string.Create(CultureInfo.InvariantCulture, $"RDTSC against CLOCK_MONOTONIC_RAW, {Samples} times {SampleMs} ms, spread {spread * 1e6:F1} ppm"));
            return true;
        }
        catch (KernelException)
        {
            return false;
        }
        finally
        {
            if (pinned)
            {
                SchedulerCalls.SetAffinity(0, (nuint)allowed.Length, allowed);
            }
        }
    }

    // Pins this thread to the CPU that it runs on; allowed keeps where it might run before.
    private static bool TryPin(Span<byte> allowed)
    {
        int cpu = SchedulerCalls.CurrentCpu();
        if (cpu < 0 || cpu >= allowed.Length * 8 || SchedulerCalls.GetAffinity(0, (nuint)allowed.Length, allowed) < 0)
        {
            return false;
        }

        Span<byte> one = stackalloc byte[allowed.Length];
        one.Clear();
        one[cpu / 8] = (byte)(1 << (cpu % 8));
        return SchedulerCalls.SetAffinity(0, (nuint)one.Length, one) == 0;
    }

    // The clock between two readings of the counter; of several tries the one with the narrowest bracket, so that an interruption does not count.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (ulong Cycles, long Nanoseconds) Sample(TimeStampCounter counter)
    {
        ulong narrowest = ulong.MaxValue;
        (ulong Cycles, long Nanoseconds) best = default;
        for (int i = 0; i < MaxBracketTries; i++)
        {
            ulong before = counter.Read();
            _ = ClockCalls.GetTime(ClockCalls.CLOCK_MONOTONIC_RAW, out timespec time);
            ulong after = counter.Read();
            ulong width = unchecked(after - before);
            if (width < narrowest)
            {
                narrowest = width;
                best = (unchecked(before + (width / 2)), (time.tv_sec * 1_000_000_000) + time.tv_nsec);
            }
        }

        return best;
    }
}
