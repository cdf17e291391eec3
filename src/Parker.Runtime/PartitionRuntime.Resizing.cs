using System.Globalization;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Elasticity;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <content>CPUs and memory that come and go while a kernel runs.</content>
/// <remarks>
/// A CPU is the partition's from the journal entry before its kernel is told of it until the one after it was proven parked, and never the Boot Kernel's in between. It goes back only where the
/// partition's tables say that its kernel has let go of it, or that kernel has ended; whatever these say, it is proven parked first.
/// Memory is the partition's from the journal entry before its kernel is told of it until the one after it was zeroed, and goes back only where that kernel has let go of it.
/// </remarks>
public sealed partial class PartitionRuntime
{
    // Longer than the second between two polls of the thermal zone.
    private static readonly TimeSpan RecoveryPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AnswerPause = TimeSpan.FromMilliseconds(10);

    private enum Answer
    {
        Done,
        Refused,
        Silent,
        KernelEnded,
    }

    /// <summary>Gives a partition other CPUs and other memory: what leaves first, then what comes. Its kernel runs on.</summary>
    /// <param name="plan">The partition's plan, with the CPUs and the memory that it shall have.</param>
    /// <param name="timeout">How long its kernel may take to answer, each time that it is asked.</param>
    /// <exception cref="PartitionException">Refused before anything was changed.</exception>
    /// <exception cref="MachineException">Its kernel did not do it, or something could not be moved; the message says what it has now.</exception>
    public ResizeReport Resize(PartitionPlan plan, TimeSpan timeout)
    {
        PartitionRecord partition = CheckResize(plan);
        ElasticChange change = ElasticChange.Between(partition.Plan, plan);
        if (change.IsNothing)
        {
            return new ResizeReport();
        }

        TimeProvider clock = _machine.Clock;
        long begun = clock.GetTimestamp();
        Write(new OperationBegun(Now, Text(partition), PartitionOperation.Resize, Guid.Empty) { Cpus = plan.Cpus, Memory = plan.AddedMemory });
        try
        {
            // Memory first: that is what a kernel may well refuse.
            ReleaseMemory(partition, change.MemoryLeaving, timeout);
            long memoryReleased = clock.GetTimestamp();
            Release(partition, change.CpusLeaving, timeout);
            long released = clock.GetTimestamp();
            ReceiveMemory(partition, change.MemoryComing, timeout);
            long memoryReceived = clock.GetTimestamp();
            Receive(partition, change.CpusComing, timeout);
            Write(new OperationEnded(Now, Text(partition), PartitionOperation.Resize, ""));
            return new ResizeReport
            {
                Left = change.CpusLeaving,
                Came = change.CpusComing,
                Release = clock.GetElapsedTime(memoryReleased, released),
                Arrival = clock.GetElapsedTime(memoryReceived),
                MemoryLeft = change.MemoryLeaving,
                MemoryCame = change.MemoryComing,
                MemoryRelease = clock.GetElapsedTime(begun, memoryReleased),
                MemoryArrival = clock.GetElapsedTime(released, memoryReceived),
            };
        }
        catch (MachineException failure)
        {
            string now = $"{failure.Message.TrimEnd('.')}. {Settle(partition)}";
            Write(new OperationEnded(Now, Text(partition), PartitionOperation.Resize, now));
            string what = change.IsOfMemory ? change.IsOfCpus ? "CPUs and the memory" : "memory" : "CPUs";
            throw new MachineException($"change the {what} of partition {plan.Name}", plan.Name.ToString(), now.TrimEnd('.'), failure.ErrorNumber, failure);
        }
    }

    /// <summary>What <see cref="Resize"/> would do now, in order; nothing is changed.</summary>
    /// <exception cref="PartitionException">What <see cref="Resize"/> would refuse.</exception>
    public IReadOnlyList<PlannedAction> PreviewResize(PartitionPlan plan, TimeSpan timeout)
    {
        PartitionRecord partition = CheckResize(plan);
        ElasticChange change = ElasticChange.Between(partition.Plan, plan);
        List<PlannedAction> actions = [];
        if (change.MemoryLeaving.Count > 0)
        {
            actions.Add(PlannedAction.Ask(string.Create(CultureInfo.InvariantCulture, $"ask its kernel to let go of memory {Ranges(change.MemoryLeaving)}, and wait up to {timeout.TotalSeconds:0.#} s")));
            actions.AddRange(StepTaker.ClaimOf(change.MemoryLeaving).Reverse().Select(PlannedAction.Undo));
        }

        if (change.CpusLeaving.Count > 0)
        {
            actions.Add(PlannedAction.Ask(string.Create(CultureInfo.InvariantCulture, $"ask its kernel to let go of CPUs {Numbers(change.CpusLeaving)}, and wait up to {timeout.TotalSeconds:0.#} s")));
            actions.Add(new PlannedAction(PlannedActionKind.Undo, null, $"stop CPUs {Numbers(change.CpusLeaving)}, and prove them parked"));
            actions.AddRange(change.CpusLeaving.Reverse().Select(cpu => PlannedAction.Undo(new TakeCpuStep(cpu.Number, cpu.ApicId))));
        }

        if (change.MemoryComing.Count > 0)
        {
            actions.AddRange(StepTaker.ClaimOf(change.MemoryComing).Select(PlannedAction.Take));
            actions.Add(PlannedAction.Write($"zero {Ranges(change.MemoryComing)}"));
            actions.Add(PlannedAction.Ask(string.Create(CultureInfo.InvariantCulture, $"tell its kernel of memory {Ranges(change.MemoryComing)}, and wait up to {timeout.TotalSeconds:0.#} s")));
        }

        if (change.CpusComing.Count > 0)
        {
            actions.AddRange(_taker.ClaimOf(change.CpusComing).Select(PlannedAction.Take));
            actions.Add(PlannedAction.Ask(string.Create(CultureInfo.InvariantCulture, $"tell its kernel of CPUs {Numbers(change.CpusComing)}, and wait up to {timeout.TotalSeconds:0.#} s")));
        }

        return actions;
    }

    private PartitionRecord CheckResize(PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PartitionRecord partition = Find(plan.Name);
        Observe(plan.Name);
        ElasticChange change = ElasticChange.Between(partition.Plan, plan);
        if (change.IsOfCpus && (!partition.Plan.IsElastic || !partition.Plan.ToldCpus.SequenceEqual(plan.ToldCpus) || partition.Plan.Cpus[0] != plan.Cpus[0]))
        {
            throw Refused("RUN015", plan.Name, "Its kernel was not told that these CPUs may come and go.", "Create it with --cpus-max, and leave it the CPU that its kernel started on.");
        }

        if (change.IsOfMemory && !IsToldOf(partition.Plan, plan.AddedMemory))
        {
            throw Refused("RUN017", plan.Name, "Its kernel was not told that this memory may come and go.", "Create it with --memory-max, and leave it the memory that its kernel started with.");
        }

        if (partition.State != PartitionState.Running || !partition.MayRun || Look(partition) is not { ResetWord: 0, Heartbeat: not 0 })
        {
            throw Refused(
                "RUN016",
                plan.Name,
                $"Its kernel does not run ({Word(partition.State)}: {partition.Evidence.Text}), so it can neither take CPUs or memory nor let go of them.",
                $"'parker start {plan.Name}' first, or destroy it and create it otherwise.");
        }

        CheckPlan(plan, []);
        return partition;
    }

    private void Release(PartitionRecord partition, IReadOnlyList<PartitionCpu> leaving, TimeSpan timeout)
    {
        if (leaving.Count == 0)
        {
            return;
        }

        PartitionPlan without = partition.Plan.WithCpus([.. partition.Plan.Cpus.Except(leaving)]);
        Answer answer = Ask(partition, new CpuQuestion(without, leaving), timeout, out string why);
        if (answer is Answer.Refused or Answer.Silent)
        {
            // Those that it has let go of it gets again.
            Ask(partition, new CpuQuestion(partition.Plan, leaving), RecoveryPatience, out _);
            throw new MachineException($"take CPUs {Numbers(leaving)}", partition.Name.ToString(), $"its kernel {why}, and keeps them", ErrorNumberOf(answer));
        }

        GiveBack(partition, without, leaving);
    }

    private void Receive(PartitionRecord partition, IReadOnlyList<PartitionCpu> coming, TimeSpan timeout)
    {
        if (coming.Count == 0)
        {
            return;
        }

        foreach (Step step in _taker.ClaimOf(coming))
        {
            Begin(partition, step);
            _taker.Take(step);
        }

        PartitionPlan before = partition.Plan;
        PartitionPlan after = before.WithCpus([.. before.Cpus, .. coming]);
        Write(new CpusChanged(Now, Text(partition), after.Cpus, after.SpareCpus));
        Answer answer = Ask(partition, new CpuQuestion(after, coming), timeout, out string why);
        if (answer == Answer.Silent)
        {
            throw new MachineException($"give CPUs {Numbers(coming)}", partition.Name.ToString(), $"its kernel {why}; it may take them at any time, so they stay its own", ErrorNumberOf(answer));
        }

        if (answer is Answer.Done)
        {
            return;
        }

        Answer undone = answer == Answer.KernelEnded ? Answer.KernelEnded : Ask(partition, new CpuQuestion(before, coming), RecoveryPatience, out _);
        if (undone is Answer.Done or Answer.KernelEnded)
        {
            GiveBack(partition, before, coming);
        }

        throw new MachineException($"give CPUs {Numbers(coming)}", partition.Name.ToString(), $"its kernel {why}", ErrorNumberOf(answer));
    }

    /// <summary>Stops CPUs that a kernel has let go of, with proof, and gives them back to the Boot Kernel.</summary>
    private void GiveBack(PartitionRecord partition, PartitionPlan after, IReadOnlyList<PartitionCpu> leaving)
    {
        using (IMappedMemory slot = _machine.Map(PhysicalRangeSet.Of(new PhysicalRange(after.LowSlot, LowSlotLayout.Size))))
        {
            _parker.Park(leaving, after.LowSlot, slot);
        }

        Write(new CpusChanged(Now, Text(partition), after.Cpus, after.SpareCpus));
        ReturnStrangers(partition);
    }

    /// <summary>Brings the CPUs online that are held and not the partition's, and gives interrupts back to them.</summary>
    private void ReturnStrangers(PartitionRecord partition)
    {
        HashSet<int> own = [.. partition.Plan.Cpus.Select(cpu => cpu.Number)];
        for (int index = partition.Steps.Count - 1; index >= 0; index--)
        {
            if (partition.Steps[index] is TakeCpuStep step && !own.Contains(step.Cpu))
            {
                _undoer.Undo(step, partition);
                RestoreInterrupts(partition, step.Cpu);
                Write(new StepUndone(Now, Text(partition), index));
            }
        }

        // That of the claim stays until everything is given back.
        int first = partition.Steps.TakeWhile(step => step is not MoveInterruptsStep).Count();
        for (int index = partition.Steps.Count - 1; index > first; index--)
        {
            if (partition.Steps[index] is MoveInterruptsStep && (index + 1 == partition.Steps.Count || partition.Steps[index + 1] is not TakeCpuStep))
            {
                Write(new StepUndone(Now, Text(partition), index));
            }
        }
    }

    private void RestoreInterrupts(PartitionRecord partition, int cpu)
    {
        // The newest look at an interrupt is how it was when a CPU was taken from it last.
        Dictionary<string, InterruptAffinity> before = [];
        foreach (MoveInterruptsStep step in partition.Steps.OfType<MoveInterruptsStep>())
        {
            foreach (InterruptAffinity affinity in step.Before.Where(affinity => affinity.Cpus.Contains(cpu)))
            {
                before[affinity.Source] = affinity;
            }
        }

        if (before.Count > 0)
        {
            _machine.RestoreInterruptAffinity([.. before.Values], CpuSet.Of(cpu));
        }
    }

    /// <summary>Tells the kernel what is granted from now on, and waits for what it says of some of it.</summary>
    private Answer Ask(PartitionRecord partition, ElasticQuestion question, TimeSpan timeout, out string why)
    {
        PhysicalAddress page = partition.Plan.PrimaryRange.Start;
        using IMappedMemory memory = _machine.Map(HeaderRange(partition));
        uint change = question.Write(memory, page);
        long begun = _machine.Clock.GetTimestamp();
        while (true)
        {
            bool taken = question.IsTaken(memory, page, change);
            if (taken && question.TakeAnswers(memory, page))
            {
                why = question.Refusal(memory, page);
                return Answer.Refused;
            }

            if (taken && question.IsAnswered)
            {
                why = "has done it";
                return Answer.Done;
            }

            if (memory.ReadUInt32(page + HeaderPageLayout.ResetWord) != 0)
            {
                why = "ended before it had answered";
                return Answer.KernelEnded;
            }

            if (_machine.Clock.GetElapsedTime(begun) >= timeout)
            {
                why = string.Create(CultureInfo.InvariantCulture, $"{(taken ? "has not answered" : "did not look")} within {timeout.TotalSeconds:0.#} s");
                return Answer.Silent;
            }

            _machine.Wait(AnswerPause);
        }
    }

    /// <summary>After a failure: gives back what was taken and never told to the kernel.</summary>
    /// <returns>What the partition has now, in a sentence.</returns>
    private string Settle(PartitionRecord partition)
    {
        string has = partition.Plan.ElasticMemory is null ? $"It has CPUs {Numbers(partition.Plan.Cpus)}." : $"It has CPUs {Numbers(partition.Plan.Cpus)} and {partition.Plan.MemorySize} of memory.";
        try
        {
            ReturnStrangers(partition);
            ReturnStrangeMemory(partition);
            return has;
        }
        catch (MachineException failure)
        {
            return $"{has} Not undone: {failure.Message}";
        }
    }

    private string RecoverResize(PartitionRecord partition)
    {
        string outcome;
        try
        {
            outcome = FinishResize(partition);
        }
        catch (MachineException failure)
        {
            outcome = failure.Message;
        }

        string text = $"{outcome.TrimEnd('.')}. {Settle(partition)}";
        Write(new OperationEnded(Now, Text(partition), PartitionOperation.Resize, text));
        return $"{partition.Name}: a {Word(PartitionOperation.Resize)} whose process died: {text}";
    }

    /// <summary>Goes on where a process died: what was to leave leaves, of what was to come its kernel is told.</summary>
    private string FinishResize(PartitionRecord partition)
    {
        PartitionPlan wanted = partition.Plan with { Cpus = partition.WantedCpus ?? partition.Plan.Cpus, AddedMemory = partition.WantedMemory ?? partition.Plan.AddedMemory };
        ElasticChange change = ElasticChange.Between(partition.Plan, wanted);
        if (!partition.MayRun || Look(partition) is not { ResetWord: 0 })
        {
            return "its kernel has ended";
        }

        ReleaseMemory(partition, change.MemoryLeaving, RecoveryPatience);
        Release(partition, change.CpusLeaving, RecoveryPatience);
        if (change.CpusLeaving.Count + change.MemoryLeaving.Count > 0)
        {
            string cpus = change.CpusLeaving.Count == 0 ? "" : $"CPUs {Numbers(change.CpusLeaving)}";
            string memory = change.MemoryLeaving.Count == 0 ? "" : $"memory {Ranges(change.MemoryLeaving)}";
            return $"{cpus}{(cpus.Length > 0 && memory.Length > 0 ? " and " : "")}{memory} left";
        }

        // What came last may not have been told.
        Answer answer = partition.Plan.IsElastic ? Ask(partition, new CpuQuestion(partition.Plan, [.. partition.Plan.Cpus.Skip(1)]), TimeSpan.Zero, out _) : Answer.Done;
        Answer ofMemory = partition.Plan.ElasticMemory is null ? Answer.Done : Ask(partition, new MemoryQuestion(partition.Plan, partition.Plan.AddedMemory), TimeSpan.Zero, out _);
        return answer == Answer.Done && ofMemory == Answer.Done ? "its kernel has all that it shall have" : "its kernel is told of what it has";
    }

    private static int ErrorNumberOf(Answer answer) => answer switch
    {
        Answer.Refused => MachineException.Busy,
        Answer.Silent => MachineException.TimedOut,
        _ => 0,
    };

    private static CpuSet Numbers(IEnumerable<PartitionCpu> cpus) => CpuSet.Of(cpus.Select(cpu => cpu.Number));
}
