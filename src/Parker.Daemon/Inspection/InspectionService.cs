using Parker.Api;
using Parker.Api.Inspection;
using Parker.Daemon.Partitions;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Threads;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime;

namespace Parker.Daemon.Inspection;

/// <summary>Looks into the Application Kernels of partitions, for every door. Reads memory and changes nothing; the kernels do not notice.</summary>
/// <remarks>For use by several threads at once. Calls throw <see cref="RefusedException"/> where there is nothing to look into, and <see cref="MachineException"/> where the memory cannot be mapped.</remarks>
/// <param name="find">Gives a partition as the journal has it.</param>
/// <param name="machine">Maps its memory.</param>
public sealed class InspectionService(Func<PartitionName, PartitionRecord> find, IMachine machine)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly PartitionDumper _dumper = new(find, machine);

    /// <summary>Writes the memory of a partition as an ELF core.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">Where to.</param>
    /// <param name="clientProcess">The process whose descriptor the request may name; null where it is not known.</param>
    /// <param name="cancellation">Ends it.</param>
    public DumpDocument Dump(PartitionName name, DumpRequest request, int? clientProcess, CancellationToken cancellation) => _dumper.Dump(name, request, clientProcess, cancellation);

    /// <summary>Reads the log.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="after">The position of an earlier answer, to get what came since; null for all that there is.</param>
    /// <param name="wait">How long to wait for a record where there is none yet; only after a position.</param>
    public LogDocument ReadLog(PartitionName name, string? after, TimeSpan wait)
    {
        (PartitionRecord partition, IMappedMemory mapped) = Map(name);
        using IMappedMemory memory = mapped;
        LogPosition from = default;
        if (after is not null && !LogPositionText.TryParse(after, partition.BootId, out from))
        {
            throw Refused("INS009", name, $"'{after}' is no position of the log of its boot {partition.BootId}: it was started again since, or the text is wrong.", "Read the log from its beginning.");
        }

        DiagnosticBag diagnostics = [];
        ApplicationKernel? kernel = ApplicationKernel.TryOpen(memory, null, diagnostics);
        if (kernel is null)
        {
            return Early(partition, memory);
        }

        long begun = machine.Clock.GetTimestamp();
        TimeSpan pause = ShortestPause;
        while (true)
        {
            kernel.Memory.Forget();
            PrintkRing ring = kernel.TryOpenLog(diagnostics) ?? throw new RefusedException([.. diagnostics]);

            // Who goes on reading gets a record when it is whole; one that nobody finishes is given when the wait is over.
            bool isLast = after is null || machine.Clock.GetElapsedTime(begun) >= (wait < LongestWait ? wait : LongestWait);
            LogReading reading = ring.Read(from, includeOpen: isLast);
            if (isLast || reading.Records.Count > 0 || reading.Lost > 0)
            {
                return new LogDocument
                {
                    Partition = name.ToString(),
                    BootId = partition.BootId,
                    Release = kernel.Info.Release,
                    Source = "ring",
                    Lost = reading.Lost,
                    Position = LogPositionText.Of(reading.Position, partition.BootId),
                    Records = [.. reading.Records.Select(ToDocument)],
                };
            }

            machine.Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Lists the threads.</summary>
    public ThreadListDocument ListThreads(PartitionName name)
    {
        (PartitionRecord partition, IMappedMemory mapped) = Map(name);
        using IMappedMemory memory = mapped;
        DiagnosticBag diagnostics = [];
        ThreadReader reader = (ApplicationKernel.TryOpen(memory, null, diagnostics) is ApplicationKernel kernel ? ThreadReader.TryOpen(kernel, diagnostics) : null)
            ?? throw new RefusedException([.. diagnostics]);
        ThreadListing listing = reader.Read();
        return new ThreadListDocument(name.ToString(), partition.BootId, listing.IsComplete, [.. listing.Threads.Select(ToDocument)]);
    }

    private (PartitionRecord Partition, IMappedMemory Memory) Map(PartitionName name)
    {
        PartitionRecord partition = find(name);
        return partition.StartedAt is not null && partition.HoldsMachine
            ? (partition, machine.Map(PhysicalRangeSet.Of(partition.Plan.Memory.Select(memory => memory.Range))))
            : throw NotStarted(name);
    }

    /// <summary>The refusal of a partition that was not started.</summary>
    internal static RefusedException NotStarted(PartitionName name) =>
        Refused("INS008", name, "It holds no memory with a kernel to look into: it was not started.", $"'parker start {name}' starts it.");

    private static LogDocument Early(PartitionRecord partition, IPhysicalMemory memory) => new()
    {
        Partition = partition.Name.ToString(),
        BootId = partition.BootId,
        Release = null,
        Source = "text",
        Lost = 0,
        Position = null,
        Records = [.. EarlyLog.Find(memory).Select(text => new LogRecordDocument(null, null, null, null, null, null, null, null, text))],
    };

    private static LogRecordDocument ToDocument(LogRecord record) => new(
        record.Sequence,
        record.TimeNanoseconds,
        ApiJson.NameOf(record.Level),
        record.Facility,
        record.ThreadId,
        record.Processor,
        record.Subsystem.Length > 0 ? record.Subsystem : null,
        record.Device.Length > 0 ? record.Device : null,
        record.Text);

    private static ThreadDocument ToDocument(ThreadInformation thread) => new(
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

    private static long Nanoseconds(TimeSpan time) => Math.Min(time.Ticks, long.MaxValue / TimeSpan.NanosecondsPerTick) * TimeSpan.NanosecondsPerTick;

    private static RefusedException Refused(string id, PartitionName name, string message, string remedy) =>
        new([new Diagnostic(id, DiagnosticSeverity.Error, $"partition {name}", message, remedy)]);
}
