using Parker.Api.Inspection;
using Parker.Api.Partitions;
using Parker.Daemon.Partitions;
using Parker.Daemon.State;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Threads;
using Parker.Inspect.Usage;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime;
using Parker.Runtime.Journal;

namespace Parker.Daemon.Inspection;

/// <summary>Looks into the Application Kernels of partitions, for every door. Reads memory and changes nothing; the kernels do not notice.</summary>
/// <remarks>For use by several threads at once. Calls throw <see cref="RefusedException"/> where there is nothing to look into, and <see cref="MachineException"/> where the memory cannot be mapped.</remarks>
/// <param name="find">Gives a partition as the journal has it.</param>
/// <param name="list">Gives all of them.</param>
/// <param name="machine">Maps its memory.</param>
/// <param name="kept">The logs of boots that are over.</param>
public sealed class InspectionService(Func<PartitionName, PartitionRecord> find, Func<IReadOnlyList<PartitionRecord>> list, IMachine machine, KeptLogs kept)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Dictionary<PartitionName, KernelSession> _sessions = [];
    private readonly PartitionDumper _dumper = new(find, machine);

    /// <summary>Writes the memory of a partition as an ELF core.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">Where to.</param>
    /// <param name="clientProcess">The process whose descriptor the request may name; null where it is not known.</param>
    /// <param name="cancellation">Ends it.</param>
    public DumpDocument Dump(PartitionName name, DumpRequest request, int? clientProcess, CancellationToken cancellation) => Dump(name, request, clientProcess, cancellation.ThrowIfCancellationRequested);

    /// <summary>The same.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="request">Where to.</param>
    /// <param name="clientProcess">The process whose descriptor the request may name; null where it is not known.</param>
    /// <param name="keepsGoing">Is called now and then while it is written; what it throws ends it.</param>
    internal DumpDocument Dump(PartitionName name, DumpRequest request, int? clientProcess, Action keepsGoing) => _dumper.Dump(name, request, clientProcess, keepsGoing);

    /// <summary>Looks at the log of each kernel that runs, and remembers what it says of itself.</summary>
    public void Look() => Look(_ => true);

    /// <summary>The same, but leaves a kernel alone that boots: to be called again and again.</summary>
    public void LookWhereItPays() => Look(BootsNoMore);

    private void Look(Func<PartitionRecord, bool> pays)
    {
        IReadOnlyList<PartitionRecord> partitions = list();
        HashSet<PartitionName> known;
        lock (_sessions)
        {
            foreach (PartitionName gone in _sessions.Keys.Except(partitions.Where(HasKernel).Select(partition => partition.Name)).ToArray())
            {
                _sessions.Remove(gone);
            }

            known = [.. _sessions.Keys];
        }

        // One that was stopped says nothing new.
        foreach (PartitionRecord partition in partitions.Where(partition => HasKernel(partition) && (partition.MayRun || !known.Contains(partition.Name)) && pays(partition)))
        {
            try
            {
                Observe(partition);
            }
            catch (MachineException)
            {
                // Who asks is told why.
            }
        }
    }

    /// <summary>What the last look at the log of a boot gave; null where there was none. Touches no memory.</summary>
    public KernelObservation? Seen(PartitionName name, Guid bootId)
    {
        lock (_sessions)
        {
            return _sessions.TryGetValue(name, out KernelSession? session) && session.BootId == bootId ? session.Observation : null;
        }
    }

    /// <summary>What the last look at a partition's kernel gave; null where none was found. Touches no memory.</summary>
    internal ObservedKernelDocument? Latest(PartitionRecord partition) =>
        HasKernel(partition) && SessionOf(partition).Observation is KernelObservation observation ? InspectionMapper.ToDocument(observation, null) : null;

    /// <summary>All that a partition's memory tells of its kernel; null where none was found.</summary>
    internal ObservedKernelDocument? Describe(PartitionRecord partition)
    {
        if (!HasKernel(partition))
        {
            return null;
        }

        try
        {
            KernelFacts? facts = SessionOf(partition).ReadFacts();
            return Observe(partition) is KernelObservation observation ? InspectionMapper.ToDocument(observation, facts) : null;
        }
        catch (MachineException)
        {
            // The partition's state is known without its memory.
            return null;
        }
    }

    /// <summary>Whether a partition's kernel panics on an NMI that it does not expect; null where its memory does not tell.</summary>
    internal bool? PanicsOnUnknownNmi(PartitionRecord partition)
    {
        try
        {
            return HasKernel(partition) ? SessionOf(partition).ReadFacts()?.PanicsOnUnknownNmi : null;
        }
        catch (MachineException)
        {
            return null;
        }
    }

    /// <summary>Reads the log.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="after">The position of an earlier answer, to get what came since; null for all that there is.</param>
    /// <param name="wait">How long to wait for a record where there is none yet; only after a position.</param>
    public LogDocument ReadLog(PartitionName name, string? after, TimeSpan wait)
    {
        PartitionRecord partition = Find(name);
        KernelSession session = SessionOf(partition);
        LogPosition from = default;
        if (after is not null && !LogPositionText.TryParse(after, session.BootId, out from))
        {
            throw Refused("INS009", name, $"'{after}' is no position of the log of its boot {session.BootId}: it was started again since, or the text is wrong.", "Read the log from its beginning.");
        }

        long begun = machine.Clock.GetTimestamp();
        TimeSpan pause = ShortestPause;
        while (true)
        {
            // Who goes on reading gets a record when it is whole; one that nobody finishes is given when the wait is over.
            bool isLast = after is null || machine.Clock.GetElapsedTime(begun) >= (wait < LongestWait ? wait : LongestWait);
            LogDocument log = ReadLog(name, session, from, includeOpen: isLast);
            if (isLast || log.Records.Count > 0 || log.Lost > 0)
            {
                return log;
            }

            machine.Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (SessionOf(Find(name)) != session)
            {
                throw Refused("INS009", name, "It was started again while its log was read.", "Read the log from its beginning.");
            }
        }
    }

    /// <summary>Takes a sentence for what went wrong where nobody waits for an answer.</summary>
    public Action<string> Warn { get; set; } = _ => { };

    /// <summary>Keeps the log of a boot whose memory is about to go.</summary>
    public void KeepLog(PartitionRecord partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        try
        {
            LogDocument log = ReadLog(partition.Name, SessionOf(partition), default, includeOpen: true);
            if (log.Records.Count > 0)
            {
                kept.Keep(partition.Name, partition.StartedAt!.Value, log with { Position = null, KeptAt = machine.Clock.GetUtcNow() });
            }
        }
        catch (Exception failure) when (failure is IOException or MachineException or RefusedException)
        {
            // The operation that goes on matters more than the log.
            Warn($"The log of partition {partition.Name}, boot {partition.BootId}, cannot be kept: {failure.Message}");
        }
    }

    /// <summary>Reads the log of a boot that is over.</summary>
    /// <param name="name">The partition; it need not be there any more.</param>
    /// <param name="boot">-1 for the last one that is over, -2 for the one before it.</param>
    public LogDocument ReadKeptLog(PartitionName name, int boot)
    {
        IReadOnlyList<string> boots = kept.Boots(name);
        return boot < 0 && boot >= -boots.Count
            ? KeptLogs.Read(boots[-boot - 1])
            : throw Refused("INS012", name, $"There is no boot {boot} of it: logs of {boots.Count} earlier boots are kept.", boots.Count == 0 ? "A log is kept when the partition is started again or destroyed." : $"The oldest is -{boots.Count}.");
    }

    /// <summary>Lists the threads.</summary>
    public ThreadListDocument ListThreads(PartitionName name)
    {
        KernelSession session = SessionOf(Find(name));
        ThreadListing listing = session.ReadThreads();
        return new ThreadListDocument(name.ToString(), session.BootId, listing.IsComplete, [.. listing.Threads.Select(InspectionMapper.ToDocument)]);
    }

    /// <summary>Tells how busy and how full a kernel is.</summary>
    public UsageDocument ReadUsage(PartitionName name)
    {
        KernelSession session = SessionOf(Find(name));
        (KernelUsage usage, TimeSpan time) = session.ReadUsage();
        return InspectionMapper.ToDocument(name, session.BootId, usage, time);
    }

    /// <summary>The refusal of a partition that was not started.</summary>
    internal static RefusedException NotStarted(PartitionName name) =>
        Refused("INS008", name, "It holds no memory with a kernel to look into: it was not started.", $"'parker start {name}' starts it.");

    // While it is started, its memory may still be that of the boot before; while it is destroyed, it is being zeroed.
    private static bool HasKernel(PartitionRecord partition) =>
        partition.StartedAt is not null && partition.HoldsMachine && partition.Unfinished is not (PartitionOperation.Start or PartitionOperation.Destroy);

    private PartitionRecord Find(PartitionName name)
    {
        PartitionRecord partition = find(name);
        return HasKernel(partition) ? partition : throw NotStarted(name);
    }

    private static LogDocument ReadLog(PartitionName name, KernelSession session, LogPosition from, bool includeOpen) => session.Use(
        kernel => InspectionMapper.RingLog(name.ToString(), session.BootId, kernel, from, includeOpen),
        memory => InspectionMapper.EarlyLog(name.ToString(), session.BootId, memory));

    // Where a kernel has its log is searched for in all of its memory, in vain before it has told (subsys_initcall, include/linux/init.h): nobody needs that while it boots, and it takes the machine's time.
    private bool BootsNoMore(PartitionRecord partition) => partition.State is not (PartitionState.Starting or PartitionState.Running) || AgeOf(partition) >= KernelSession.FirstEarlyLook;

    private KernelObservation? Observe(PartitionRecord partition) => SessionOf(partition).Observe(AgeOf(partition));

    private TimeSpan AgeOf(PartitionRecord partition) => machine.Clock.GetUtcNow() - partition.StartedAt!.Value;

    private KernelSession SessionOf(PartitionRecord partition)
    {
        lock (_sessions)
        {
            if (!_sessions.TryGetValue(partition.Name, out KernelSession? session) || session.BootId != partition.BootId)
            {
                _sessions[partition.Name] = session = new KernelSession(partition.BootId, machine);
            }

            PartitionPlan plan = partition.Plan;
            session.SetMemory(PhysicalRangeSet.Of(plan.AllMemory.Select(memory => memory.Range)), PhysicalRangeSet.Of(plan.AddedMemory.Select(piece => piece.Range)));
            return session;
        }
    }

    private static RefusedException Refused(string id, PartitionName name, string message, string remedy) =>
        new([new Diagnostic(id, DiagnosticSeverity.Error, $"partition {name}", message, remedy)]);
}
