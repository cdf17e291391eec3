using System.Globalization;
using Parker.Api.Partitions;
using Parker.Daemon.State;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Explicit;
using Parker.Planning.Validation;
using Parker.Runtime;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;
using Parker.Runtime.Watching;

namespace Parker.Daemon.Partitions;

/// <summary>What can be done with partitions, for every door.</summary>
/// <remarks>
/// Each call that changes the machine takes the lock of the state folder, reads the journal, and undoes or finishes first what a process that died left behind. Calls throw
/// <see cref="RefusedException"/> where nothing was tried, <see cref="MachineException"/> where something was tried and failed, <see cref="JournalCorruptException"/> where it is
/// not known what is held of the machine, <see cref="IOException"/> where the lock or the journal cannot be had, and <see cref="UnauthorizedAccessException"/> without root.
/// Previews take the lock too, but change nothing, and throw what the operation itself would before it changes something. Not for use by several threads at once.
/// </remarks>
/// <param name="state">The state folder.</param>
/// <param name="machine">The machine.</param>
/// <param name="images">Opens kernels and initrds.</param>
/// <param name="readTopology">Reads the machine's topology as it is now.</param>
public sealed class PartitionService(StateFolder state, IMachine machine, IImageSource images, Func<MachineTopology> readTopology)
{
    private readonly List<string> _notes = [];

    // Read once for a service: a command asks several things of the same machine.
    private readonly Lazy<MachineTopology> _topology = new(readTopology);

    /// <summary>How long to wait for another process that changes the machine.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What happened beside what was asked, a sentence each: partitions that were put in order after a process died, warnings.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Defines a partition. Takes nothing of the machine.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="dryRun">Whether to tell what would be defined, and define nothing.</param>
    public PartitionDocument Create(PartitionRequest request, bool dryRun)
    {
        DiagnosticBag diagnostics = [];
        PartitionWish wish = PartitionRequestReader.TryRead(request, diagnostics) ?? throw new RefusedException([.. diagnostics]);
        return dryRun
            ? Preview(runtime =>
            {
                PartitionPlan plan = PlanFor(wish, runtime, diagnostics);
                runtime.CheckDefinition(plan);
                return PartitionDocument.Of(plan, PartitionState.Defined, new EvidenceDocument("dry run", machine.Clock.GetUtcNow()));
            })
            : Write(runtime => PartitionMapper.ToDocument(runtime.Define(PlanFor(wish, runtime, diagnostics))));
    }

    /// <summary>Claims, loads and starts a partition; returns when its first CPU has taken its first instruction.</summary>
    public StartDocument Start(PartitionName name) => Write(runtime =>
    {
        Watch(runtime, [runtime.Find(name)], mayWrite: true);
        StartReport report = runtime.Start(name);
        return PartitionMapper.ToDocument(runtime.Find(name), report);
    });

    /// <summary>What <see cref="Start"/> would do.</summary>
    public PreviewDocument PreviewStart(PartitionName name) => Preview(runtime =>
    {
        Watch(runtime, [runtime.Find(name)], mayWrite: false);
        return PartitionMapper.ToDocument(name, "start", runtime.PreviewStart(name));
    });

    /// <summary>Waits until a started partition gives its first heartbeat, or ends, or hangs.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The partition as it is then.</returns>
    public PartitionDocument AwaitRunning(PartitionName name, TimeSpan timeout)
    {
        long begun = machine.Clock.GetTimestamp();
        while (true)
        {
            PartitionDocument partition = Status(name);
            if (partition.State is not "starting" || machine.Clock.GetElapsedTime(begun) >= timeout)
            {
                return partition;
            }

            machine.Wait(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <summary>Stops a partition: asks its kernel first, and stops its CPUs with proof.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take to shut down; zero not to ask.</param>
    public PartitionDocument Stop(PartitionName name, TimeSpan grace)
    {
        string reason = "stopped by force, its kernel was not asked";
        Guid asked = Guid.Empty;
        if (grace > TimeSpan.Zero)
        {
            // Without the lock: other partitions need not wait for this kernel.
            (reason, asked) = Read(runtime => (Ask(runtime, name, grace), runtime.Find(name).BootId));
        }

        return Write(runtime =>
        {
            if (grace > TimeSpan.Zero && runtime.Find(name).BootId != asked)
            {
                const string Message = "Another command started it again while its kernel was asked to shut down.";
                throw new RefusedException([new Diagnostic("RUN006", DiagnosticSeverity.Error, $"partition {name}", Message, $"'parker stop {name}' asks the kernel that runs now.")]);
            }

            runtime.Stop(name, reason);
            return PartitionMapper.ToDocument(runtime.Find(name));
        });
    }

    /// <summary>What <see cref="Stop"/> would do.</summary>
    public PreviewDocument PreviewStop(PartitionName name, TimeSpan grace) => Preview(runtime => PartitionMapper.ToDocument(name, "stop", runtime.PreviewStop(name, grace)));

    /// <summary>Gives everything back and forgets a partition.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="evenIfRunning">Whether to stop it by force where it runs.</param>
    /// <returns>The partition as it was last: it holds nothing, and is no longer there.</returns>
    public PartitionDocument Destroy(PartitionName name, bool evenIfRunning) => Write(runtime =>
    {
        PartitionRecord partition = runtime.Find(name);
        Watch(runtime, [partition], mayWrite: true);
        runtime.Destroy(name, evenIfRunning);
        return PartitionMapper.ToDocument(partition);
    });

    /// <summary>What <see cref="Destroy"/> would do.</summary>
    public PreviewDocument PreviewDestroy(PartitionName name, bool evenIfRunning) => Preview(runtime =>
    {
        Watch(runtime, [runtime.Find(name)], mayWrite: false);
        return PartitionMapper.ToDocument(name, "destroy", runtime.PreviewDestroy(name, evenIfRunning));
    });

    /// <summary>All partitions as they are now.</summary>
    public PartitionListDocument List() => Read(runtime =>
    {
        Watch(runtime, [.. runtime.Partitions], mayWrite: false);
        return new PartitionListDocument([.. runtime.Partitions.Select(PartitionMapper.ToDocument)]);
    });

    /// <summary>One partition as it is now.</summary>
    public PartitionDocument Status(PartitionName name) => Read(runtime =>
    {
        Watch(runtime, [runtime.Find(name)], mayWrite: false);
        return PartitionMapper.ToDocument(runtime.Find(name));
    });

    /// <summary>What a partition was given when it was defined: each start is made from it.</summary>
    public PartitionPlan PlanOf(PartitionName name) => Read(runtime => runtime.Find(name).Plan);

    private static string Ask(PartitionRuntime runtime, PartitionName name, TimeSpan grace)
    {
        ShutdownAnswer answer = runtime.AskToShutDown(name, grace);
        runtime.Observe(name, null, mayWrite: false);
        return answer switch
        {
            ShutdownAnswer.NotRunning or ShutdownAnswer.WentDown => "its kernel shut down when asked",
            ShutdownAnswer.EndedBefore => $"its kernel had ended before: {runtime.Find(name).Evidence.Text}",
            ShutdownAnswer.CannotBeAsked => "stopped by force, its kernel shows no heartbeat and so could not be asked",
            _ => string.Create(CultureInfo.InvariantCulture, $"stopped by force, its kernel did not shut down within {grace.TotalSeconds:0.#} s"),
        };
    }

    private PartitionPlan PlanFor(PartitionWish wish, PartitionRuntime runtime, DiagnosticBag diagnostics)
    {
        PartitionPlan plan = new ExplicitPlanner(_topology.Value, [.. runtime.Partitions.Select(partition => partition.Plan)]).TryPlan(wish, diagnostics)
            ?? throw new RefusedException([.. diagnostics]);
        using OpenImage? image = images.TryOpen(plan, Guid.Empty, 0, diagnostics);
        if (image is null || diagnostics.HasErrors)
        {
            throw new RefusedException([.. diagnostics]);
        }

        _notes.AddRange(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return plan;
    }

    private void Watch(PartitionRuntime runtime, IReadOnlyList<PartitionRecord> partitions, bool mayWrite) =>
        new HeartbeatWatch(runtime, machine, new HeartbeatFile(state.Heartbeats), mayWrite).Look(partitions);

    private T Read<T>(Func<PartitionRuntime, T> act)
    {
        using FileJournal? journal = FileJournal.OpenToRead(state.Journal);
        return Translate(() => act(PartitionRuntime.Open(machine, journal is null ? EmptyJournal.Instance : journal, images, new RuntimeOptions())));
    }

    private T Write<T>(Func<PartitionRuntime, T> act)
    {
        using IDisposable held = state.Lock(LockTimeout);
        using FileJournal journal = FileJournal.Open(state.Journal);
        return Translate(() =>
        {
            PartitionRuntime runtime = OpenValidating(journal, []);
            _notes.AddRange(runtime.Recover());
            return act(runtime);
        });
    }

    private T Preview<T>(Func<PartitionRuntime, T> act)
    {
        using IDisposable held = state.Lock(LockTimeout);
        using FileJournal? journal = FileJournal.OpenToRead(state.Journal);
        return Translate(() =>
        {
            // They are offline now, and would be online when the operation begins.
            List<int> returned = [];
            PartitionRuntime runtime = OpenValidating(journal is null ? EmptyJournal.Instance : journal, returned);
            foreach (RecoveryPreview recovery in runtime.PreviewRecovery())
            {
                returned.AddRange(recovery.Actions.Select(action => action.Step).OfType<TakeCpuStep>().Select(step => step.Cpu));
                _notes.Add(recovery.Text);
                _notes.AddRange(recovery.Actions.Select(action => $"{recovery.Partition}: would {action.Description}"));
            }

            return act(runtime);
        });
    }

    private PartitionRuntime OpenValidating(IJournal journal, IReadOnlyList<int> returned)
    {
        PartitionRuntime? opened = null;
        RuntimeOptions options = new() { Validate = plan => PlanValidator.Validate(plan, _topology.Value, Held(opened!).Union(CpuSet.Of(returned))) };
        return opened = PartitionRuntime.Open(machine, journal, images, options);
    }

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
