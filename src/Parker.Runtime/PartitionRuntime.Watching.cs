using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Watching;

namespace Parker.Runtime;

/// <content>Looking at kernels that run, and speaking with them.</content>
public sealed partial class PartitionRuntime
{
    private readonly Dictionary<PartitionName, HeaderWatch> _watches = [];

    /// <summary>Looks at every partition that may run, and journals the states that have changed.</summary>
    public void Observe()
    {
        lock (_sync)
        {
            foreach (PartitionRecord partition in _partitions.Partitions)
            {
                Observe(partition);
            }
        }
    }

    /// <summary>Looks at one partition, and journals its state if that has changed.</summary>
    /// <exception cref="PartitionException">There is no such partition.</exception>
    public void Observe(PartitionName name)
    {
        lock (_sync)
        {
            Observe(Find(name));
        }
    }

    /// <summary>Asks the kernel to shut down in order, through its thermal zone, and waits for its ResetSystem call.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take.</param>
    public ShutdownAnswer AskToShutDown(PartitionName name, TimeSpan grace)
    {
        Guid bootId;
        lock (_sync)
        {
            PartitionRecord partition = Find(name);
            bootId = partition.BootId;
            if (TryLook(name, bootId) is not HeaderObservation observation)
            {
                return ShutdownAnswer.NotRunning;
            }

            if (observation.ResetWord != 0)
            {
                return ShutdownAnswer.EndedBefore;
            }

            if (observation.Heartbeat == 0)
            {
                return ShutdownAnswer.CannotBeAsked;
            }

            Write(new ShutdownAskedFor(Now, Text(partition)));

            // Within the lock: as soon as the partition is another's, the word would be written into its memory.
            using IMappedMemory memory = _machine.Map(HeaderRange(partition));
            memory.WriteUInt32(partition.Plan.PrimaryRange.Start + HeaderPageLayout.Command, (uint)HeaderCommand.ShutDown);
        }

        long begun = _machine.Clock.GetTimestamp();
        while (TryLook(name, bootId) is { ResetWord: 0 })
        {
            if (_machine.Clock.GetElapsedTime(begun) >= grace)
            {
                return ShutdownAnswer.StayedUp;
            }

            _machine.Wait(TimeSpan.FromMilliseconds(20));
        }

        return ShutdownAnswer.WentDown;
    }

    /// <summary>Ends the mappings of header pages. What runs goes on.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            foreach (HeaderWatch watch in _watches.Values)
            {
                watch.Dispose();
            }

            _watches.Clear();
        }
    }

    private void Observe(PartitionRecord partition)
    {
        if (!partition.MayRun || partition.Unfinished is not (null or PartitionOperation.Resize) || partition.State == PartitionState.Leaked || partition.StartedAt is not DateTimeOffset startedAt)
        {
            EndWatch(partition.Name);
            return;
        }

        if (!_watches.TryGetValue(partition.Name, out HeaderWatch? watch) || watch.BootId != partition.BootId)
        {
            EndWatch(partition.Name);
            _watches[partition.Name] = watch = new HeaderWatch(_machine.Map(HeaderRange(partition)), partition.Plan.PrimaryRange.Start, partition.BootId);
        }

        DateTimeOffset now = Now;
        HeaderObservation observation = watch.Look(now);
        (PartitionState state, Evidence evidence) = watch.FindDifference(partition) is string difference ? JudgeOverwritten(difference, now) : StateJudge.Judge(observation, watch.Sighting!, _options.SeenInside(partition.Name, partition.BootId), startedAt, now, _options);
        StateChanged seen = new(now, Text(partition), state, evidence.Text);
        if (state != partition.State)
        {
            Write(seen);
        }
        else if (observation.ResetWord == 0 && state != PartitionState.Failed)
        {
            partition.Apply(seen);
        }
    }

    private static (PartitionState State, Evidence Evidence) JudgeOverwritten(string difference, DateTimeOffset now) =>
        (PartitionState.Failed, new Evidence($"its header page was overwritten: {difference}. What its kernel does cannot be told; its CPUs may run", now));

    private void EndWatch(PartitionName name)
    {
        if (_watches.Remove(name, out HeaderWatch? watch))
        {
            watch.Dispose();
        }
    }

    /// <summary>The words of a boot's header page; null where that boot has no kernel that may run.</summary>
    private HeaderObservation? TryLook(PartitionName name, Guid bootId)
    {
        lock (_sync)
        {
            return _partitions.TryFind(name, out PartitionRecord? partition) && partition.MayRun && partition.BootId == bootId ? Look(partition) : null;
        }
    }

    private HeaderObservation Look(PartitionRecord partition)
    {
        using IMappedMemory memory = _machine.Map(HeaderRange(partition));
        return HeaderObservation.Read(memory, partition.Plan.PrimaryRange.Start);
    }
}
