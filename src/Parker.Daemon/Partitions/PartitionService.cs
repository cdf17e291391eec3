using System.Globalization;
using Parker.Api.Partitions;
using Parker.Daemon.Events;
using Parker.Daemon.Inspection;
using Parker.Daemon.State;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Explicit;
using Parker.Planning.Validation;
using Parker.Runtime;
using Parker.Runtime.Journal;
using Parker.Runtime.Watching;

namespace Parker.Daemon.Partitions;

/// <summary>What can be done with partitions, for every door. One in a machine: it holds the lock of the state folder as long as it is open.</summary>
/// <remarks>
/// For use by several threads at once: what changes the machine goes one after another, what only looks waits for nothing. Calls throw <see cref="RefusedException"/> where nothing was
/// tried, <see cref="MachineException"/> where something was tried and failed, and <see cref="IOException"/> where the journal cannot be written. Previews change nothing, and throw
/// what the operation itself would before it changes something.
/// </remarks>
public sealed partial class PartitionService : IDisposable
{
    /// <summary>How long a kernel may take to shut down where nobody says it.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(60);

    /// <summary>How long a kernel may take to answer what it is asked while it runs, unless asked otherwise.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(15);

    private readonly Lock _operations = new();
    private readonly IDisposable _lock;
    private readonly FileJournal _journal;
    private readonly PartitionRuntime _runtime;
    private readonly IMachine _machine;
    private readonly IImageSource _images;
    private readonly Func<MachineTopology> _readTopology;
    private readonly KeptDumps _dumps;

    // Read once for an operation: it asks several things of the same machine.
    private Lazy<MachineTopology> _topology;

    private PartitionService(IDisposable held, FileJournal journal, StateFolder state, IMachine machine, IImageSource images, Func<MachineTopology> readTopology, EventLog events)
    {
        _lock = held;
        _journal = journal;
        _machine = machine;
        _images = images;
        _readTopology = readTopology;
        _topology = new Lazy<MachineTopology>(readTopology);
        _dumps = new KeptDumps(state.Dumps);
        Events = events;
        Inspection = new InspectionService(name => Translate(() => _runtime!.Find(name)), () => _runtime!.Read(partitions => partitions.ToArray()), machine, new KeptLogs(state.Logs));
        PartitionRuntime? opened = null;
        RuntimeOptions options = new()
        {
            Validate = plan => PlanValidator.Validate(plan, _topology.Value, Held(opened!)),
            SeenInside = Inspection.Seen,
            BootEnds = Inspection.KeepLog,
            Replayed = events.Restore,
            Entered = events.Add,
        };
        _runtime = opened = PartitionRuntime.Open(machine, journal, images, options);
    }

    /// <summary>What happened to the partitions.</summary>
    public EventLog Events { get; }

    /// <summary>Looks into the partitions' kernels.</summary>
    public InspectionService Inspection { get; }

    /// <summary>What was put in order when this was opened, a sentence for each partition whose operation had died with its process.</summary>
    public IReadOnlyList<string> Recovered { get; private set; } = [];

    /// <summary>The partitions whose kernels ran on while no daemon did, a sentence for each with how they are.</summary>
    public IReadOnlyList<string> Adopted { get; private set; } = [];

    /// <summary>Takes the lock, reads the journal, and undoes or finishes what a process that died left behind.</summary>
    /// <param name="state">The state folder.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="images">Opens kernels and initrds.</param>
    /// <param name="readTopology">Reads the machine's topology as it is now.</param>
    /// <param name="lockTimeout">How long to wait for another process that has the lock.</param>
    /// <param name="events">Takes what happens, from what is put in order here on; a new one where it is left out.</param>
    /// <exception cref="IOException">The lock or the journal cannot be had.</exception>
    /// <exception cref="JournalCorruptException">It is not known what is held of the machine.</exception>
    public static PartitionService Open(StateFolder state, IMachine machine, IImageSource images, Func<MachineTopology> readTopology, TimeSpan lockTimeout, EventLog? events = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        IDisposable held = state.Lock(lockTimeout);
        FileJournal? journal = null;
        try
        {
            journal = FileJournal.Open(state.Journal);
            PartitionService service = new(held, journal, state, machine, images, readTopology, events ?? new EventLog());
            service.Recovered = service._runtime.Recover();
            service.Adopted = service.Adopt();
            return service;
        }
        catch
        {
            journal?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Defines a partition. Takes nothing of the machine.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="dryRun">Whether to tell what would be defined, and define nothing.</param>
    /// <param name="notes">Takes a sentence for each warning.</param>
    public PartitionDocument Create(PartitionRequest request, bool dryRun, ICollection<string> notes)
    {
        DiagnosticBag diagnostics = [];
        (PartitionWish wish, PartitionPolicy policy) = ReadRequest(request, diagnostics);
        return Operate(() =>
        {
            PartitionPlan plan = PlanFor(wish, Plans(), diagnostics, notes);
            if (!dryRun)
            {
                _runtime.Define(plan, policy);
                return Document(plan.Name);
            }

            _runtime.CheckDefinition(plan);
            return PartitionDocument.Of(plan, policy, PartitionState.Defined, new EvidenceDocument("dry run", _machine.Clock.GetUtcNow()));
        });
    }

    /// <summary>Claims, loads and starts a partition; returns when its first CPU has taken its first instruction.</summary>
    public StartDocument Start(PartitionName name) => Operate(() =>
    {
        _runtime.Observe(name);
        StartReport report = _runtime.Start(name);
        return PartitionMapper.ToDocument(Document(name), report);
    });

    /// <summary>What <see cref="Start"/> would do.</summary>
    public PreviewDocument PreviewStart(PartitionName name) => Operate(() =>
    {
        _runtime.Observe(name);
        return PartitionMapper.ToDocument(name, "start", _runtime.PreviewStart(name));
    });

    /// <summary>Waits until a started partition gives its first heartbeat, or ends, or hangs.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The partition as it is then.</returns>
    public PartitionDocument AwaitRunning(PartitionName name, TimeSpan timeout) => Await(() => Look(name), partition => partition.State is "starting", timeout);

    /// <summary>Waits until the kernel of a started partition runs init, as its memory tells, or until it ends, hangs, or does not tell.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The partition as it is then.</returns>
    public PartitionDocument AwaitInit(PartitionName name, TimeSpan timeout) => Await(
        // Its memory is looked into only when there can be something: that takes long.
        () => Look(name) is { State: "starting" } starting ? starting : Status(name),
        partition => partition.State is "starting" || (partition.State is "running" && partition.Observed is null or { InitStarted: false }),
        timeout);

    /// <summary>Stops a partition: asks its kernel first, and stops its CPUs with proof.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take to shut down; zero not to ask.</param>
    public PartitionDocument Stop(PartitionName name, TimeSpan grace) => StopAnd(name, grace, () => Document(name));

    /// <summary>Stops a partition as <see cref="Stop"/> does, where it runs, and starts it; nobody comes between.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take to shut down; zero not to ask.</param>
    public StartDocument Restart(PartitionName name, TimeSpan grace)
    {
        // What the start would be refused for is told before the kernel that runs is stopped.
        PreviewRestart(name, TimeSpan.Zero);
        return StopAnd(name, grace, () =>
        {
            StartReport report = _runtime.Start(name);
            return PartitionMapper.ToDocument(Document(name), report);
        });
    }

    /// <summary>What <see cref="Restart"/> would do.</summary>
    public PreviewDocument PreviewRestart(PartitionName name, TimeSpan grace) => Operate(() =>
    {
        _runtime.Observe(name);
        return PartitionMapper.ToDocument(name, "restart", _runtime.PreviewRestart(name, grace));
    });

    /// <summary>What <see cref="Stop"/> would do.</summary>
    public PreviewDocument PreviewStop(PartitionName name, TimeSpan grace) => Operate(() => PartitionMapper.ToDocument(name, "stop", _runtime.PreviewStop(name, grace)));

    /// <summary>Sends an NMI to a partition's first CPU.</summary>
    public NmiDocument SendNmi(PartitionName name) => Operate(() =>
    {
        bool? panics = Inspection.PanicsOnUnknownNmi(_runtime.Find(name));
        PartitionCpu cpu = _runtime.SendNmi(name);
        return new NmiDocument(name.ToString(), cpu.Number, cpu.ApicId.Value, panics);
    });

    /// <summary>Gives everything back and forgets a partition.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="evenIfRunning">Whether to stop it by force where it runs.</param>
    /// <returns>The partition as it was last: it holds nothing, and is no longer there.</returns>
    public PartitionDocument Destroy(PartitionName name, bool evenIfRunning) => Operate(() =>
    {
        _runtime.Observe(name);
        PartitionRecord partition = _runtime.Find(name);
        _runtime.Destroy(name, evenIfRunning);
        return Map(partition);
    });

    /// <summary>What <see cref="Destroy"/> would do.</summary>
    public PreviewDocument PreviewDestroy(PartitionName name, bool evenIfRunning) => Operate(() =>
    {
        _runtime.Observe(name);
        return PartitionMapper.ToDocument(name, "destroy", _runtime.PreviewDestroy(name, evenIfRunning));
    });

    /// <summary>Looks at every partition that may run, and journals the states that have changed.</summary>
    public void Observe() => _runtime.Observe();

    /// <summary>The machine's topology, read anew.</summary>
    public MachineTopology ReadTopology() => _readTopology();

    /// <summary>All partitions as they are now.</summary>
    public PartitionListDocument List()
    {
        _runtime.Observe();
        return _runtime.Read(partitions => new PartitionListDocument([.. partitions.Select(partition => Map(partition) with { Observed = Inspection.Latest(partition) })]));
    }

    /// <summary>One partition as it is now.</summary>
    public PartitionDocument Status(PartitionName name)
    {
        PartitionDocument partition = Look(name);
        return partition with { Observed = Inspection.Describe(Translate(() => _runtime.Find(name))) };
    }

    /// <summary>What a partition was given when it was defined: each start is made from it.</summary>
    public PartitionPlan PlanOf(PartitionName name) => Translate(() => _runtime.Find(name).Plan);

    /// <summary>Waits for the operation that goes on, then gives back the lock. Partitions go on as they are.</summary>
    public void Dispose()
    {
        lock (_operations)
        {
            _runtime.Dispose();
            _journal.Dispose();
            _lock.Dispose();
        }
    }

    private PartitionDocument Await(Func<PartitionDocument> look, Predicate<PartitionDocument> mayCome, TimeSpan timeout)
    {
        long begun = _machine.Clock.GetTimestamp();
        while (true)
        {
            PartitionDocument partition = look();
            if (!mayCome(partition) || _machine.Clock.GetElapsedTime(begun) >= timeout)
            {
                return partition;
            }

            _machine.Wait(TimeSpan.FromMilliseconds(100));
        }
    }

    private PartitionDocument Look(PartitionName name) => Translate(() =>
    {
        _runtime.Observe(name);
        return Document(name);
    });

    private PartitionDocument Document(PartitionName name) => _runtime.Read(_ => Map(_runtime.Find(name)));

    private PartitionDocument Map(PartitionRecord partition) => PartitionMapper.ToDocument(partition, _runtime.NextRestart(partition));

    private T StopAnd<T>(PartitionName name, TimeSpan grace, Func<T> act)
    {
        // Beside other operations: they need not wait for this kernel.
        (Guid asked, string reason) = Translate(() => (_runtime.Find(name).BootId, Ask(name, grace)));
        return Operate(() =>
        {
            if (grace > TimeSpan.Zero && _runtime.Find(name).BootId != asked)
            {
                const string Message = "Another command started it again while its kernel was asked to shut down.";
                throw new RefusedException([new Diagnostic("RUN006", DiagnosticSeverity.Error, $"partition {name}", Message, $"'parker stop {name}' asks the kernel that runs now.")]);
            }

            _runtime.Stop(name, reason);
            return act();
        });
    }

    /// <summary>Asks a kernel to shut down where it gets time for that, and gives why it is stopped then.</summary>
    private string Ask(PartitionName name, TimeSpan grace)
    {
        if (grace <= TimeSpan.Zero)
        {
            return "stopped by force, its kernel was not asked";
        }

        ShutdownAnswer answer = _runtime.AskToShutDown(name, grace);
        _runtime.Observe(name);
        return answer switch
        {
            ShutdownAnswer.NotRunning or ShutdownAnswer.WentDown => "its kernel shut down when asked",
            ShutdownAnswer.EndedBefore => $"its kernel had ended before: {_runtime.Find(name).Evidence.Text}",
            ShutdownAnswer.CannotBeAsked => "stopped by force, its kernel shows no heartbeat and so could not be asked",
            _ => string.Create(CultureInfo.InvariantCulture, $"stopped by force, its kernel did not shut down within {grace.TotalSeconds:0.#} s"),
        };
    }

    private static (PartitionWish Wish, PartitionPolicy Policy) ReadRequest(PartitionRequest request, DiagnosticBag diagnostics)
    {
        PartitionWish? wish = PartitionRequestReader.TryRead(request, diagnostics);
        PartitionPolicy policy = PartitionRequestReader.ReadPolicy(request, diagnostics);
        return wish is null || diagnostics.HasErrors ? throw new RefusedException([.. diagnostics]) : (wish, policy);
    }

    private PartitionPlan[] Plans() => [.. _runtime.Partitions.Select(partition => partition.Plan)];

    private PartitionPlan PlanFor(PartitionWish wish, IReadOnlyList<PartitionPlan> taken, DiagnosticBag diagnostics, ICollection<string> notes)
    {
        PartitionPlan plan = new ExplicitPlanner(_topology.Value, taken).TryPlan(wish, diagnostics)
            ?? throw new RefusedException([.. diagnostics]);
        using OpenImage? image = _images.TryOpen(plan, Guid.Empty, 0, diagnostics);
        if (image is null || diagnostics.HasErrors)
        {
            throw new RefusedException([.. diagnostics]);
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            notes.Add(diagnostic.ToString());
        }

        return plan;
    }

    private T Operate<T>(Func<T> act)
    {
        lock (_operations)
        {
            LookAgain();

            // Left by an operation before this one that met what nobody had foreseen.
            _runtime.Recover();
            return Translate(act);
        }
    }

    private void LookAgain() => _topology = new Lazy<MachineTopology>(_readTopology);

    private static CpuSet Held(PartitionRuntime runtime) =>
        CpuSet.Of(runtime.Partitions.Where(partition => partition.HoldsMachine).SelectMany(partition => partition.Plan.Cpus).Select(cpu => cpu.Number));

    private static T Translate<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (PartitionException refused)
        {
            throw new RefusedException(refused.Diagnostics);
        }
    }
}
