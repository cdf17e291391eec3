using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <content>What operations would do, from the same checks and the same steps.</content>
public sealed partial class PartitionRuntime
{
    private readonly Dictionary<PartitionName, IReadOnlyList<Step>> _heldBeforeRecovery = [];

    /// <summary>What <see cref="Recover"/> would do now. From here on this object takes it as done, though nothing is changed and nothing is journaled: only previews follow.</summary>
    /// <returns>A sentence and the steps for each partition that this would be done for.</returns>
    public IReadOnlyList<RecoveryPreview> PreviewRecovery()
    {
        List<RecoveryPreview> told = [];
        foreach (PartitionRecord partition in _partitions.Values.Where(partition => partition.Unfinished is not null).ToArray())
        {
            PartitionOperation operation = partition.Unfinished!.Value;
            int keep = KeptByRecovery(partition);
            told.Add(new RecoveryPreview(
                partition.Name,
                $"{partition.Name}: a {Word(operation)} whose process died would be {(operation == PartitionOperation.Start ? "undone" : "finished")} first.",
                PreviewUndo(partition, keep)));
            _heldBeforeRecovery[partition.Name] = [.. partition.Steps];
            while (partition.Steps.Count > keep)
            {
                Apply(new StepUndone(Now, Text(partition), partition.Steps.Count - 1));
            }

            Apply(new StateChanged(Now, Text(partition), partition.HoldsMachine ? PartitionState.Stopped : PartitionState.Defined, "its process died"));
            Apply(new OperationEnded(Now, Text(partition), operation, "its process died"));
            if (operation == PartitionOperation.Destroy)
            {
                Apply(new PartitionRemoved(Now, Text(partition)));
            }
        }

        return told;
    }

    /// <summary>What <see cref="Start"/> would do now, in order; nothing is changed.</summary>
    /// <exception cref="PartitionException">What <see cref="Start"/> would refuse.</exception>
    /// <exception cref="MachineException">Something that the partition gets cannot be read.</exception>
    public IReadOnlyList<PlannedAction> PreviewStart(PartitionName name)
    {
        PartitionRecord partition = Find(name);
        CheckStart(partition);
        using OpenImage image = OpenImageOf(partition, Guid.Empty);
        return
        [
            .. PreviewUndo(partition, ClaimSteps(partition)),
            .. partition.HoldsMachine ? [] : PreviewClaim(partition).Select(PlannedAction.Take),
            .. partition.Memory.Select(range => PlannedAction.Write($"zero {range}")),
            .. image.Image.Segments.Select(segment => PlannedAction.Write($"write {segment.Purpose} to {segment.Address}, {segment.Content.Length.ToDisplayString()}, and read it back")),
            PlannedAction.Take(RunOf(partition, Guid.Empty)),
        ];
    }

    /// <summary>What <see cref="Stop"/> would do now, in order, after the kernel was asked where <paramref name="grace"/> is not zero; nothing is changed.</summary>
    /// <exception cref="PartitionException">There is no such partition.</exception>
    public IReadOnlyList<PlannedAction> PreviewStop(PartitionName name, TimeSpan grace)
    {
        PartitionRecord partition = Find(name);
        bool asks = grace > TimeSpan.Zero && partition.MayRun && Look(partition) is { ResetWord: 0, Heartbeat: not 0 };
        return
        [
            .. asks ? [PlannedAction.Ask($"ask its kernel to shut down, and wait up to {grace.TotalSeconds:0.#} s")] : Array.Empty<PlannedAction>(),
            .. PreviewUndo(partition, ClaimSteps(partition)),
        ];
    }

    /// <summary>What <see cref="Destroy"/> would do now, in order; nothing is changed.</summary>
    /// <exception cref="PartitionException">What <see cref="Destroy"/> would refuse.</exception>
    public IReadOnlyList<PlannedAction> PreviewDestroy(PartitionName name, bool evenIfRunning)
    {
        PartitionRecord partition = Find(name);
        CheckDestroy(partition, evenIfRunning);
        return PreviewUndo(partition, 0);
    }

    private static IReadOnlyList<PlannedAction> PreviewUndo(PartitionRecord partition, int keep) =>
        [.. partition.Steps.Skip(keep).Reverse().Select(PlannedAction.Undo)];

    /// <summary>A claim after a recovery that is only previewed finds the machine as the steps that would be undone remember it, not as it is now.</summary>
    private IEnumerable<Step> PreviewClaim(PartitionRecord partition)
    {
        IReadOnlyList<Step> claim = _taker.ClaimOf(partition.Plan, partition.Memory);
        IReadOnlyList<Step> remembered = _heldBeforeRecovery.GetValueOrDefault(partition.Name, []);
        return claim.Select((step, index) => index < remembered.Count ? remembered[index] : step);
    }
}
