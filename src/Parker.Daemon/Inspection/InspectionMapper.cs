using System.Globalization;
using Parker.Api;
using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Threads;
using Parker.Inspect.Usage;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Daemon.Inspection;

/// <summary>Makes documents of what was found in a partition's memory.</summary>
internal static class InspectionMapper
{
    /// <summary>The document of a kernel; without facts, of what its log said.</summary>
    public static ObservedKernelDocument ToDocument(KernelObservation observation, KernelFacts? facts) => new()
    {
        Release = observation.Release,
        Panic = observation.Panic,
        Troubles =
        [
            .. observation.Troubles.Where(trouble => trouble.Key != KernelTrouble.Panic).OrderBy(trouble => trouble.Key)
                .Select(trouble => new KernelTroubleDocument(ApiJson.NameOf(trouble.Key), trouble.Value.TimeNanoseconds, trouble.Value.Text)),
        ],
        OutOfMemoryKills = observation.OutOfMemoryKills,
        LastRecord = observation.Last is LogRecord last ? ToDocument(last) : null,
        BuildId = facts?.BuildId,
        KaslrOffset = facts?.KaslrOffset is ulong offset ? string.Create(CultureInfo.InvariantCulture, $"0x{offset:x}") : null,
        PageTableLevels = facts?.PageTableLevels,
        Taint = facts?.Taint,
        CommandLine = facts?.CommandLine,
        OnlineCpus = facts?.OnlineCpus?.ToString(),
        OfflineMemoryBytes = facts?.OfflineMemory?.Bytes,
        InitStarted = facts?.InitStarted,
        Jiffies = facts?.Jiffies,
        UptimeSeconds = facts?.Uptime?.TotalSeconds,
    };

    /// <summary>The document of a kernel's texts that did not get far enough to say where its log is.</summary>
    public static LogDocument EarlyLog(string name, Guid bootId, IPhysicalMemory memory) => new()
    {
        Partition = name,
        BootId = bootId,
        Release = null,
        Source = "text",
        Lost = 0,
        Position = null,
        Records = [.. Parker.Inspect.Logs.EarlyLog.Find(memory).Select(text => new LogRecordDocument(null, null, null, null, null, null, null, null, text))],
    };

    /// <summary>The document of a kernel's log from a position on.</summary>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public static LogDocument RingLog(string name, Guid bootId, ApplicationKernel kernel, LogPosition from, bool includeOpen)
    {
        DiagnosticBag diagnostics = [];
        PrintkRing ring = kernel.TryOpenLog(diagnostics) ?? throw new RefusedException([.. diagnostics]);
        LogReading reading = ring.Read(from, includeOpen);
        return new LogDocument
        {
            Partition = name,
            BootId = bootId,
            Release = kernel.Info.Release,
            Source = "ring",
            Lost = reading.Lost,
            Position = LogPositionText.Of(reading.Position, bootId),
            Records = [.. reading.Records.Select(ToDocument)],
        };
    }

    /// <summary>The document of a record.</summary>
    public static LogRecordDocument ToDocument(LogRecord record) => new(
        record.Sequence,
        record.TimeNanoseconds,
        ApiJson.NameOf(record.Level),
        record.Facility,
        record.ThreadId,
        record.Processor,
        record.Subsystem.Length > 0 ? record.Subsystem : null,
        record.Device.Length > 0 ? record.Device : null,
        record.Text);

    /// <summary>The document of a thread.</summary>
    public static ThreadDocument ToDocument(ThreadInformation thread) => new(
        thread.ProcessId,
        thread.ThreadId,
        thread.ParentId,
        ApiJson.NameOf(thread.State),
        thread.IsKernelThread,
        thread.Cpu >= 0 ? thread.Cpu : null,
        Nanoseconds(thread.CpuTime),
        Nanoseconds(thread.Started),
        thread.ResidentBytes,
        thread.VirtualBytes,
        thread.Name,
        thread.Command);

    /// <summary>The document of a kernel's use of its machine.</summary>
    public static UsageDocument ToDocument(PartitionName name, Guid bootId, KernelUsage usage, TimeSpan time) => new()
    {
        Partition = name.ToString(),
        BootId = bootId,
        TimeNs = Nanoseconds(time),
        Load1 = usage.Load?.One,
        Load5 = usage.Load?.Five,
        Load15 = usage.Load?.Fifteen,
        TotalBytes = usage.TotalBytes,
        FreeBytes = usage.FreeBytes,
        CachedBytes = usage.CachedBytes,
        AnonymousBytes = usage.AnonymousBytes,
        SlabBytes = usage.SlabBytes,
        Cpus = [.. usage.Cpus.Select(cpu => new CpuUsageDocument(cpu.Cpu, Nanoseconds(cpu.User), Nanoseconds(cpu.System), Nanoseconds(cpu.Interrupts)))],
    };

    /// <summary>The nanoseconds of a time; the most there are where it is longer.</summary>
    public static long Nanoseconds(TimeSpan time) => Math.Min(time.Ticks, long.MaxValue / TimeSpan.NanosecondsPerTick) * TimeSpan.NanosecondsPerTick;
}
