using System.Diagnostics.CodeAnalysis;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <summary>Partitions on a machine. One writer: whoever holds the lock of the state folder.</summary>
/// <remarks>
/// One thread at a time defines, starts, stops, destroys, recovers and previews. Others may at the same time <see cref="Observe()"/>, <see cref="AskToShutDown"/> and <see cref="Read"/>:
/// what they see changes from one journal entry to the next, never in between.
/// </remarks>
public sealed partial class PartitionRuntime : IDisposable
{
    private readonly Lock _sync = new();
    private readonly IMachine _machine;
    private readonly IJournal _journal;
    private readonly IImageSource _images;
    private readonly RuntimeOptions _options;
    private readonly PartitionTable _partitions;
    private readonly StepTaker _taker;
    private readonly StepUndoer _undoer;
    private readonly CpuParker _parker;

    // Where the journal stood when it was made smaller last; below 0 so that a new process looks at once.
    private long _compactedAt = -JournalCompactor.WorthIt;

    private PartitionRuntime(IMachine machine, IJournal journal, IImageSource images, RuntimeOptions options)
    {
        _machine = machine;
        _journal = journal;
        _images = images;
        _options = options;
        _parker = new CpuParker(machine, options, images.ParkStub);
        _taker = new StepTaker(machine);
        _undoer = new StepUndoer(machine, _parker);
        _partitions = PartitionTable.Of(journal, options.Replayed);
    }

    /// <summary>The partitions by name, as they are now.</summary>
    public IReadOnlyList<PartitionRecord> Partitions => Read(partitions => partitions.ToArray());

    /// <summary>Reads partitions while no entry is written.</summary>
    /// <param name="read">Gets all by name; what it returns must not hold on to them.</param>
    public T Read<T>(Func<IReadOnlyCollection<PartitionRecord>, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_sync)
        {
            return read(_partitions.Partitions);
        }
    }

    /// <summary>Reads the journal. Changes nothing; <see cref="Recover"/> does.</summary>
    /// <exception cref="JournalCorruptException">The journal cannot be read.</exception>
    public static PartitionRuntime Open(IMachine machine, IJournal journal, IImageSource images, RuntimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        return new PartitionRuntime(machine, journal, images, options);
    }

    /// <summary>Undoes or finishes what a process began and did not end.</summary>
    /// <returns>A sentence for each partition that this was done for.</returns>
    public IReadOnlyList<string> Recover()
    {
        List<string> told = [];
        foreach (PartitionRecord partition in Partitions.Where(partition => partition.Unfinished is not null))
        {
            PartitionOperation operation = partition.Unfinished!.Value;
            if (operation == PartitionOperation.Resize)
            {
                told.Add(RecoverResize(partition));
                continue;
            }

            UndoSteps(partition, KeptByRecovery(partition), $"a {Word(operation)} whose process died");
            told.Add($"{partition.Name}: a {Word(operation)} whose process died was {(operation == PartitionOperation.Start ? "undone" : "finished")}.");
            Write(new OperationEnded(Now, Text(partition), operation, "its process died"));
            if (operation == PartitionOperation.Destroy && !partition.HoldsMachine)
            {
                Write(new PartitionRemoved(Now, Text(partition)));
            }
        }

        return told;
    }

    /// <summary>Makes the journal smaller where that is worth it: how the partitions are, and the newest entries.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="IOException">The smaller one cannot be written; the journal is as it was.</exception>
    public bool CompactJournal()
    {
        lock (_sync)
        {
            if (_journal.Position - _compactedAt < JournalCompactor.WorthIt)
            {
                return false;
            }

            _compactedAt = _journal.Position;
            if (JournalCompactor.TryCompact(_journal.ReadAll()) is not IReadOnlyList<JournalEntry> entries)
            {
                return false;
            }

            _journal.Replace(entries);
            return true;
        }
    }

    /// <summary>The partition of that name.</summary>
    /// <exception cref="PartitionException"><c>RUN001</c>: there is none.</exception>
    public PartitionRecord Find(PartitionName name)
    {
        lock (_sync)
        {
            return _partitions.TryFind(name, out PartitionRecord? partition)
                ? partition
                : throw Refused("RUN001", name, $"There is no partition '{name}'.", "'parker list' shows those that there are.");
        }
    }

    /// <summary>The partition of that name, without allocating.</summary>
    /// <param name="name">The name.</param>
    /// <param name="partition">The partition; null where there is none.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(PartitionName name, [NotNullWhen(true)] out PartitionRecord? partition)
    {
        lock (_sync)
        {
            return _partitions.TryFind(name, out partition);
        }
    }

    /// <summary>Defines a partition. Nothing of the machine is taken.</summary>
    /// <exception cref="PartitionException">The name is taken, or the plan wants what another partition has or what the machine cannot give.</exception>
    public PartitionRecord Define(PartitionPlan plan, PartitionPolicy? policy = null)
    {
        CheckDefinition(plan);
        Write(new PartitionDefined(Now, plan.Name.ToString(), plan, policy ?? PartitionPolicy.None));
        return Find(plan.Name);
    }

    /// <summary>Gives a partition that holds nothing of the machine another plan and policy, under the same name.</summary>
    /// <exception cref="PartitionException">There is none, it holds something, or the plan wants what another partition has or what the machine cannot give.</exception>
    public PartitionRecord Redefine(PartitionPlan plan, PartitionPolicy policy)
    {
        CheckRedefinition(plan);
        Write(new PartitionDefined(Now, plan.Name.ToString(), plan, policy));
        return Find(plan.Name);
    }

    /// <summary>Refuses what <see cref="Redefine"/> would refuse, and changes nothing.</summary>
    /// <exception cref="PartitionException">There is none, it holds something, or the plan wants what another partition has or what the machine cannot give.</exception>
    public void CheckRedefinition(PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckHoldsNothing(plan.Name);
        CheckPlan(plan, []);
    }

    /// <summary>Refuses a partition that <see cref="Redefine"/> would refuse with any plan.</summary>
    /// <exception cref="PartitionException">There is none, or it holds something of the machine.</exception>
    public void CheckHoldsNothing(PartitionName name)
    {
        if (Find(name).HoldsMachine)
        {
            throw Refused("RUN007", name, "It holds CPUs, memory and devices, so what it gets cannot be changed.", $"'parker destroy {name}' gives them back; then create it anew.");
        }
    }

    /// <summary>Gives a partition another policy; it may run.</summary>
    /// <exception cref="PartitionException">There is no such partition.</exception>
    public void SetPolicy(PartitionName name, PartitionPolicy policy)
    {
        PartitionRecord partition = Find(name);
        if (partition.Policy != policy)
        {
            Write(new PolicyChanged(Now, Text(partition), policy));
        }
    }

    /// <summary>Refuses what <see cref="Define"/> would refuse, and defines nothing.</summary>
    /// <exception cref="PartitionException">The name is taken, or the plan wants what another partition has or what the machine cannot give.</exception>
    public void CheckDefinition(PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        DiagnosticBag problems = [];
        if (Partitions.Any(other => other.Name == plan.Name))
        {
            problems.Error("RUN002", $"partition {plan.Name}", "A partition of this name exists.", $"Take another name, or 'parker destroy {plan.Name}' first.");
        }

        CheckPlan(plan, problems);
    }

    private void CheckPlan(PartitionPlan plan, DiagnosticBag problems)
    {
        foreach (PartitionRecord other in Partitions.Where(other => other.Name != plan.Name))
        {
            PlanOverlap.Check(plan, other.Plan, problems);
        }

        problems.AddRange(_options.Validate(plan));
        if (problems.HasErrors)
        {
            throw new PartitionException([.. problems]);
        }
    }

    /// <summary>Claims what is not claimed yet, loads, and starts the first CPU; returns when that has taken its first instruction.</summary>
    /// <exception cref="PartitionException">Refused before anything was changed.</exception>
    /// <exception cref="MachineException">It failed, and was undone as far as the partition's evidence says.</exception>
    public StartReport Start(PartitionName name) => StartAs(name, restart: 0);

    private StartReport StartAs(PartitionName name, int restart)
    {
        PartitionRecord partition = Find(name);
        CheckStart(partition);
        Guid bootId = Guid.NewGuid();
        long position = _journal.Position;
        using OpenImage image = OpenImageOf(partition, bootId, position);
        EndBoot(partition);
        Write(new OperationBegun(Now, Text(partition), PartitionOperation.Start, bootId, position, restart));
        Write(new ImageOpened(Now, Text(partition), image.Identity));
        try
        {
            StartReport report = StartSteps(partition, image.Image, bootId);
            Write(new OperationEnded(Now, Text(partition), PartitionOperation.Start, ""));
            return report;
        }
        catch (Exception failure) when (failure is MachineException or IOException)
        {
            string undone = UndoSteps(partition, Math.Min(partition.StepsBeforeOperation, ClaimSteps(partition)), "the start failed");
            if (partition.State != PartitionState.Leaked)
            {
                Write(new StateChanged(Now, Text(partition), PartitionState.Failed, $"start: {failure.Message} {undone}"));
            }

            Write(new OperationEnded(Now, Text(partition), PartitionOperation.Start, failure.Message));
            throw new MachineException($"start partition {name}", name.ToString(), failure.Message.TrimEnd('.') + ". " + undone.TrimEnd('.'), (failure as MachineException)?.ErrorNumber ?? 0, failure);
        }
    }

    /// <summary>Stops the CPUs, with proof, and quiesces the devices. Claims and memory stay as they are.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="reason">Why, for the evidence, such as <c>it shut down in order</c>.</param>
    /// <exception cref="PartitionException">There is no such partition.</exception>
    /// <exception cref="MachineException">The proof failed: the partition is leaked.</exception>
    public void Stop(PartitionName name, string reason)
    {
        PartitionRecord partition = Find(name);
        if (!partition.MayRun)
        {
            return;
        }

        Write(new OperationBegun(Now, Text(partition), PartitionOperation.Stop, Guid.Empty));
        string undone = UndoSteps(partition, ClaimSteps(partition), reason);
        Write(new OperationEnded(Now, Text(partition), PartitionOperation.Stop, partition.MayRun ? undone : ""));
        ThrowIfLeaked(partition, "stop");
    }

    /// <summary>Gives everything back and forgets the partition.</summary>
    /// <exception cref="PartitionException">It runs, and <paramref name="evenIfRunning"/> is false.</exception>
    /// <exception cref="MachineException">Something could not be given back; the partition stays, with that in its evidence.</exception>
    public void Destroy(PartitionName name, bool evenIfRunning)
    {
        PartitionRecord partition = Find(name);
        CheckDestroy(partition, evenIfRunning);
        EndBoot(partition);
        Write(new OperationBegun(Now, Text(partition), PartitionOperation.Destroy, Guid.Empty));
        string undone = UndoSteps(partition, 0, "it was destroyed");
        Write(new OperationEnded(Now, Text(partition), PartitionOperation.Destroy, partition.HoldsMachine ? undone : ""));
        ThrowIfLeaked(partition, "destroy");
        if (partition.HoldsMachine)
        {
            throw new MachineException($"destroy partition {name}", name.ToString(), undone.TrimEnd('.'));
        }

        Write(new PartitionRemoved(Now, Text(partition)));
    }

    private void EndBoot(PartitionRecord partition)
    {
        if (partition.StartedAt is not null && partition.HoldsMachine)
        {
            _options.BootEnds(partition);
        }
    }

    private DateTimeOffset Now => _machine.Clock.GetUtcNow();

    private static string Text(PartitionRecord partition) => partition.Name.ToString();

    private static PhysicalRangeSet HeaderRange(PartitionRecord partition) =>
        PhysicalRangeSet.Of(new PhysicalRange(partition.Plan.PrimaryRange.Start, HeaderPageLayout.Size));

    private static PartitionException Refused(string id, PartitionName name, string message, string remedy) =>
        new(new Diagnostic(id, DiagnosticSeverity.Error, $"partition {name}", message, remedy));

    private static int ClaimSteps(PartitionRecord partition) => HeldSteps.CountClaims(partition.Steps);

    private static string Word(PartitionOperation operation) => operation switch
    {
        PartitionOperation.Start => "start",
        PartitionOperation.Stop => "stop",
        PartitionOperation.Resize => "change of CPUs or memory",
        _ => "destroy",
    };

    /// <summary>How many of the steps stay when an operation whose process died is put in order.</summary>
    private static int KeptByRecovery(PartitionRecord partition) => partition.Unfinished switch
    {
        // A start that began from held claims goes back to them; its own run step was pushed after them.
        PartitionOperation.Start => Math.Min(partition.StepsBeforeOperation, ClaimSteps(partition)),
        PartitionOperation.Stop => ClaimSteps(partition),
        _ => 0,
    };

    private static void ThrowIfLeaked(PartitionRecord partition, string operation)
    {
        if (partition.State == PartitionState.Leaked)
        {
            throw new MachineException($"{operation} partition {partition.Name}", Text(partition), partition.Evidence.Text.TrimEnd('.'));
        }
    }

    private void CheckStart(PartitionRecord partition)
    {
        if (partition.MayRun && partition.State is PartitionState.Starting or PartitionState.Running)
        {
            throw Refused("RUN003", partition.Name, "It is running already.", $"'parker stop {partition.Name}' first, or 'parker restart {partition.Name}'.");
        }

        CheckStartUnlessRuns(partition);
    }

    private void CheckStartUnlessRuns(PartitionRecord partition)
    {
        PartitionName name = partition.Name;
        if (partition.State is PartitionState.Leaked)
        {
            throw Refused("RUN004", name, "Its CPUs could not be proven parked, so it cannot be started.", $"'parker stop --now {name}' tries the proof again.");
        }

        if (!partition.HoldsMachine && _options.Validate(partition.Plan) is var problems && problems.Any(problem => problem.Severity == DiagnosticSeverity.Error))
        {
            throw new PartitionException(problems);
        }
    }

    private static void CheckDestroy(PartitionRecord partition, bool evenIfRunning)
    {
        if (partition.MayRun && !evenIfRunning && partition.State is PartitionState.Starting or PartitionState.Running)
        {
            throw Refused("RUN005", partition.Name, "It is running.", $"'parker stop {partition.Name}' first, or 'parker destroy --now {partition.Name}'.");
        }
    }

    private OpenImage OpenImageOf(PartitionRecord partition, Guid bootId, long position)
    {
        DiagnosticBag diagnostics = [];
        OpenImage? image = _images.TryOpen(partition.Plan, bootId, position, diagnostics);
        if (image is null || diagnostics.HasErrors)
        {
            image?.Dispose();
            throw new PartitionException([.. diagnostics]);
        }

        return image;
    }

    private static RunStep RunOf(PartitionRecord partition, Guid bootId) => new(partition.Plan.Cpus, partition.Plan.LowSlot, bootId);

    private StartReport StartSteps(PartitionRecord partition, MemoryImage image, Guid bootId)
    {
        TimeProvider clock = _machine.Clock;
        using IMappedMemory memory = _machine.Map(partition.Memory);
        if (partition.MayRun)
        {
            UndoSteps(partition, ClaimSteps(partition), "it is started again");
            ThrowIfLeaked(partition, "start");
        }

        long begun = clock.GetTimestamp();
        if (!partition.HoldsMachine)
        {
            Claim(partition);
            Write(new StateChanged(Now, Text(partition), PartitionState.Claimed, $"{partition.Plan.Cpus.Count} CPUs offline, {partition.Plan.Buses.Count} buses detached"));
        }

        long claimed = clock.GetTimestamp();
        foreach (PhysicalRange range in partition.Memory)
        {
            memory.Zero(range);
        }

        long zeroed = clock.GetTimestamp();
        ImageLoader.Write(image, memory);
        long loaded = clock.GetTimestamp();
        ImageLoader.Verify(image, memory);
        long verified = clock.GetTimestamp();
        Write(new StateChanged(Now, Text(partition), PartitionState.Loaded, $"{image.TotalLength} written and read back"));
        Launch(partition, image, bootId, memory);
        long launched = clock.GetTimestamp();
        Write(new StateChanged(Now, Text(partition), PartitionState.Starting, "the first instruction was taken"));
        return new StartReport(
            bootId,
            clock.GetElapsedTime(begun, claimed),
            clock.GetElapsedTime(claimed, zeroed),
            clock.GetElapsedTime(zeroed, loaded),
            clock.GetElapsedTime(loaded, verified),
            clock.GetElapsedTime(verified, launched),
            partition.Memory.TotalLength,
            image.TotalLength);
    }

    private void Claim(PartitionRecord partition)
    {
        foreach (Step step in _taker.ClaimOf(partition.Plan))
        {
            Begin(partition, step);
            _taker.Take(step);
        }
    }

    private void Launch(PartitionRecord partition, MemoryImage image, Guid bootId, IMappedMemory memory)
    {
        PartitionCpu first = partition.Plan.Cpus[0];
        Begin(partition, RunOf(partition, bootId));
        CpuLease lease = _machine.FindLease(first.Number, first.ApicId)
            ?? throw new MachineException($"start CPU {first.Number}", $"APIC ID {first.ApicId}", "it is no longer offline and held");
        PhysicalAddress mark = partition.Plan.LowSlot + LowSlotLayout.StartMark;
        _machine.SendInit(lease);
        _machine.Wait(_options.InitToStartup);
        if (!_parker.StartAndAwait(lease, image.StartVector, () => memory.ReadUInt32(mark) == LowSlotLayout.StartMarkValue))
        {
            throw new MachineException(
                $"start CPU {first.Number}",
                $"APIC ID {first.ApicId}",
                $"it did not take its first instruction within {_options.AcknowledgeTimeout.TotalSeconds:0.#} s after INIT and two SIPIs",
                MachineException.TimedOut);
        }
    }

    private void Begin(PartitionRecord partition, Step step) => Write(new StepBegun(Now, Text(partition), step));

    /// <summary>Undoes the newest steps until <paramref name="keep"/> are left, passing over those that fail, and journals the state that follows.</summary>
    /// <returns>What was undone and what was not, in a sentence.</returns>
    private string UndoSteps(PartitionRecord partition, int keep, string reason)
    {
        bool ran = partition.MayRun;
        List<string> failures = [];
        bool dmaMayRun = false;
        for (int index = partition.Steps.Count - 1; index >= keep; index--)
        {
            Step step = partition.Steps[index];
            if (step is ReserveMemoryStep && dmaMayRun)
            {
                failures.Add("its memory stays reserved, because a device or IOMMU unit that may reach it could not be given back");
                continue;
            }

            try
            {
                _undoer.Undo(step, partition);
                Write(new StepUndone(Now, Text(partition), index));
            }
            catch (MachineException failure)
            {
                failures.Add(failure.Message.TrimEnd('.'));
                if (step is RunStep)
                {
                    Write(new StateChanged(Now, Text(partition), PartitionState.Leaked, failure.Message));
                    return failure.Message;
                }

                dmaMayRun |= step is TakeFunctionStep or TakeUnitStep;
            }
        }

        return Conclude(partition, ran, failures, reason);
    }

    private string Conclude(PartitionRecord partition, bool ran, List<string> failures, string reason)
    {
        if (failures.Count > 0)
        {
            string text = $"Not undone: {string.Join("; ", failures)}.";
            Write(new StateChanged(Now, Text(partition), PartitionState.Failed, $"{reason}. {text}"));
            return text;
        }

        string parked = ran ? $"{partition.Plan.Cpus.Count} CPUs proven parked" : "";
        if (partition.HoldsMachine)
        {
            Write(new StateChanged(Now, Text(partition), PartitionState.Stopped, parked.Length == 0 ? reason : $"{reason}; {parked}"));
            return "The partition holds what it held before.";
        }

        Write(new StateChanged(Now, Text(partition), PartitionState.Defined, $"{reason}; everything was given back"));
        return "Everything was given back.";
    }

    private void Write(JournalEntry entry)
    {
        lock (_sync)
        {
            _journal.Append(entry);
            Apply(entry);
            _options.Entered(entry);
        }
    }

    private void Apply(JournalEntry entry)
    {
        if (entry is OperationBegun { Operation: not PartitionOperation.Resize } or PartitionRemoved or PartitionDefined)
        {
            EndWatch(PartitionName.Parse(entry.Partition));
        }

        _partitions.Apply(entry);
    }
}
