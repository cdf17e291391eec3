using System.Globalization;
using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <content>CPUs that come and go while a kernel runs.</content>
/// <remarks>
/// A CPU is the partition's from the journal entry before its kernel is told of it until the one after it was proven parked, and never the Boot Kernel's in between. It goes back only where the
/// partition's tables say that its kernel has let go of it, or that kernel has ended; whatever these say, it is proven parked first.
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

    /// <summary>Gives a partition other CPUs: those that leave first, then those that come. Its kernel runs on.</summary>
    /// <param name="plan">The partition's plan, with the CPUs that it shall have.</param>
    /// <param name="timeout">How long its kernel may take to answer, each time that it is asked.</param>
    /// <exception cref="PartitionException">Refused before anything was changed.</exception>
    /// <exception cref="MachineException">Its kernel did not do it, or a CPU could not be moved; the message says what it has now.</exception>
    public ResizeReport Resize(PartitionPlan plan, TimeSpan timeout)
    {
        CheckResize(plan);
        PartitionRecord partition = Find(plan.Name);
        PartitionCpu[] leaving = [.. partition.Plan.Cpus.Except(plan.Cpus)];
        PartitionCpu[] coming = [.. plan.Cpus.Except(partition.Plan.Cpus)];
        if (leaving.Length == 0 && coming.Length == 0)
        {
            return new ResizeReport([], [], TimeSpan.Zero, TimeSpan.Zero);
        }

        TimeProvider clock = _machine.Clock;
        long begun = clock.GetTimestamp();
        Write(new OperationBegun(Now, Text(partition), PartitionOperation.Resize, Guid.Empty) { Cpus = plan.Cpus });
        try
        {
            Release(partition, leaving, timeout);
            long released = clock.GetTimestamp();
            Receive(partition, coming, timeout);
            Write(new OperationEnded(Now, Text(partition), PartitionOperation.Resize, ""));
            return new ResizeReport(leaving, coming, clock.GetElapsedTime(begun, released), clock.GetElapsedTime(released));
        }
        catch (MachineException failure)
        {
            string now = $"{failure.Message.TrimEnd('.')}. {Settle(partition)}";
            Write(new OperationEnded(Now, Text(partition), PartitionOperation.Resize, now));
            throw new MachineException($"change the CPUs of partition {plan.Name}", plan.Name.ToString(), now.TrimEnd('.'), failure.ErrorNumber, failure);
        }
    }

    /// <summary>What <see cref="Resize"/> would do now, in order; nothing is changed.</summary>
    /// <exception cref="PartitionException">What <see cref="Resize"/> would refuse.</exception>
    public IReadOnlyList<PlannedAction> PreviewResize(PartitionPlan plan, TimeSpan timeout)
    {
        CheckResize(plan);
        PartitionRecord partition = Find(plan.Name);
        PartitionCpu[] leaving = [.. partition.Plan.Cpus.Except(plan.Cpus)];
        PartitionCpu[] coming = [.. plan.Cpus.Except(partition.Plan.Cpus)];
        List<PlannedAction> actions = [];
        if (leaving.Length > 0)
        {
            actions.Add(PlannedAction.Ask(string.Create(CultureInfo.InvariantCulture, $"ask its kernel to let go of CPUs {Numbers(leaving)}, and wait up to {timeout.TotalSeconds:0.#} s")));
            actions.Add(new PlannedAction(PlannedActionKind.Undo, null, $"stop CPUs {Numbers(leaving)}, and prove them parked"));
            actions.AddRange(leaving.Reverse().Select(cpu => PlannedAction.Undo(new TakeCpuStep(cpu.Number, cpu.ApicId))));
        }

        if (coming.Length > 0)
        {
            actions.AddRange(_taker.ClaimOf(coming).Select(PlannedAction.Take));
            actions.Add(PlannedAction.Ask(string.Create(CultureInfo.InvariantCulture, $"tell its kernel of CPUs {Numbers(coming)}, and wait up to {timeout.TotalSeconds:0.#} s")));
        }

        return actions;
    }

    private void CheckResize(PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PartitionRecord partition = Find(plan.Name);
        Observe(plan.Name);
        if (!partition.Plan.IsElastic || !partition.Plan.ToldCpus.SequenceEqual(plan.ToldCpus) || partition.Plan.Cpus[0] != plan.Cpus[0])
        {
            throw Refused("RUN015", plan.Name, "Its kernel was not told that these CPUs may come and go.", "Create it with --cpus-max, and leave it the CPU that its kernel started on.");
        }

        if (partition.State != PartitionState.Running || !partition.MayRun || Look(partition) is not { ResetWord: 0, Heartbeat: not 0 })
        {
            throw Refused(
                "RUN016",
                plan.Name,
                $"Its kernel does not run ({Word(partition.State)}: {partition.Evidence.Text}), so it can neither take CPUs nor let go of them.",
                $"'parker start {plan.Name}' first, or destroy it and create it with other CPUs.");
        }

        CheckPlan(plan, []);
    }

    private void Release(PartitionRecord partition, PartitionCpu[] leaving, TimeSpan timeout)
    {
        if (leaving.Length == 0)
        {
            return;
        }

        PartitionPlan without = partition.Plan.WithCpus([.. partition.Plan.Cpus.Except(leaving)]);
        Answer answer = Ask(partition, without, leaving, timeout, out string why);
        if (answer is Answer.Refused or Answer.Silent)
        {
            // Those that it has let go of it gets again.
            Ask(partition, partition.Plan, leaving, RecoveryPatience, out _);
            throw new MachineException($"take CPUs {Numbers(leaving)}", partition.Name.ToString(), $"its kernel {why}, and keeps them", ErrorNumberOf(answer));
        }

        GiveBack(partition, without, leaving);
    }

    private void Receive(PartitionRecord partition, PartitionCpu[] coming, TimeSpan timeout)
    {
        if (coming.Length == 0)
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
        Answer answer = Ask(partition, after, coming, timeout, out string why);
        if (answer == Answer.Silent)
        {
            throw new MachineException($"give CPUs {Numbers(coming)}", partition.Name.ToString(), $"its kernel {why}; it may take them at any time, so they stay its own", ErrorNumberOf(answer));
        }

        if (answer is Answer.Done)
        {
            return;
        }

        Answer undone = answer == Answer.KernelEnded ? Answer.KernelEnded : Ask(partition, before, coming, RecoveryPatience, out _);
        if (undone is Answer.Done or Answer.KernelEnded)
        {
            GiveBack(partition, before, coming);
        }

        throw new MachineException($"give CPUs {Numbers(coming)}", partition.Name.ToString(), $"its kernel {why}", ErrorNumberOf(answer));
    }

    /// <summary>Stops CPUs that a kernel has let go of, with proof, and gives them back to the Boot Kernel.</summary>
    private void GiveBack(PartitionRecord partition, PartitionPlan after, PartitionCpu[] leaving)
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

    /// <summary>Tells the kernel which CPUs are granted from now on, and waits for what it says of some of them.</summary>
    private Answer Ask(PartitionRecord partition, PartitionPlan granted, PartitionCpu[] about, TimeSpan timeout, out string why)
    {
        PhysicalAddress page = partition.Plan.PrimaryRange.Start;
        using IMappedMemory memory = _machine.Map(HeaderRange(partition));
        uint change = CpuWords.Grant(memory, page, granted);
        HashSet<PartitionCpu> given = [.. granted.Cpus];
        IReadOnlyList<PartitionCpu> told = granted.ToldCpus;
        List<int> places = [.. Enumerable.Range(0, told.Count).Where(place => about.Contains(told[place]))];
        long begun = _machine.Clock.GetTimestamp();
        while (true)
        {
            bool taken = memory.ReadUInt32(page + HeaderPageLayout.CpuChangeTaken) == change;
            if (taken)
            {
                places.RemoveAll(place => IsSettled(memory, page, place, given.Contains(told[place])));
                if (places.Count == 0)
                {
                    why = "has done it";
                    return Answer.Done;
                }

                if (places.TrueForAll(place => CpuWords.ReadAnswer(memory, page, place) == KernelAnswer.Refused))
                {
                    uint status = memory.ReadUInt32(page + HeaderPageLayout.CpuRefusal);
                    why = string.Create(CultureInfo.InvariantCulture, $"refused CPUs {Numbers(places.Select(place => told[place]))} (_OST status 0x{status:x}); its log may say why");
                    return Answer.Refused;
                }
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

    // A CPU that leaves has left when its device is no longer there; one that comes has come when the kernel says so, or where it was there all along.
    private static bool IsSettled(IMappedMemory memory, PhysicalAddress page, int place, bool isGranted) => isGranted
        ? CpuWords.IsPresent(memory, page, place) && CpuWords.ReadAnswer(memory, page, place) == KernelAnswer.Done
        : !CpuWords.IsPresent(memory, page, place) && CpuWords.ReadAnswer(memory, page, place) != KernelAnswer.None;

    /// <summary>After a failure: gives back what was taken and never told to the kernel.</summary>
    /// <returns>What the partition has now, in a sentence.</returns>
    private string Settle(PartitionRecord partition)
    {
        string has = $"It has CPUs {Numbers(partition.Plan.Cpus)}.";
        try
        {
            ReturnStrangers(partition);
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

    /// <summary>Goes on where a process died: CPUs that were to leave leave, those that its kernel was to be told of it is told of.</summary>
    private string FinishResize(PartitionRecord partition)
    {
        HashSet<PartitionCpu> wanted = [.. partition.WantedCpus ?? partition.Plan.Cpus];
        PartitionCpu[] leaving = [.. partition.Plan.Cpus.Where(cpu => !wanted.Contains(cpu))];
        if (!partition.MayRun || Look(partition) is not { ResetWord: 0 })
        {
            return "its kernel has ended";
        }

        if (leaving.Length > 0)
        {
            Release(partition, leaving, RecoveryPatience);
            return $"CPUs {Numbers(leaving)} left";
        }

        // Those that came last may not have been told.
        PartitionCpu[] told = [.. partition.Plan.Cpus.Skip(1)];
        Answer answer = Ask(partition, partition.Plan, told, TimeSpan.Zero, out _);
        return answer == Answer.Done ? "its kernel has all its CPUs" : "its kernel is told of its CPUs";
    }

    private static int ErrorNumberOf(Answer answer) => answer switch
    {
        Answer.Refused => MachineException.Busy,
        Answer.Silent => MachineException.TimedOut,
        _ => 0,
    };

    private static CpuSet Numbers(IEnumerable<PartitionCpu> cpus) => CpuSet.Of(cpus.Select(cpu => cpu.Number));
}
