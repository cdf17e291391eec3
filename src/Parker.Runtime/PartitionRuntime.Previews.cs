using Parker.Partition;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <content>What operations would do, from the same checks and the same steps.</content>
public sealed partial class PartitionRuntime
{
    /// <summary>What <see cref="Start"/> would do now, in order; nothing is changed.</summary>
    /// <exception cref="PartitionException">What <see cref="Start"/> would refuse.</exception>
    /// <exception cref="MachineException">Something that the partition gets cannot be read.</exception>
    public IReadOnlyList<PlannedAction> PreviewStart(PartitionName name)
    {
        PartitionRecord partition = Find(name);
        CheckStart(partition);
        return PreviewUncheckedStart(partition);
    }

    /// <summary>What <see cref="Stop"/> and <see cref="Start"/> would do now, one after the other; nothing is changed.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="grace">How long its kernel may take to shut down; zero not to ask.</param>
    /// <exception cref="PartitionException">What one of them would refuse.</exception>
    /// <exception cref="MachineException">Something that the partition gets cannot be read.</exception>
    public IReadOnlyList<PlannedAction> PreviewRestart(PartitionName name, TimeSpan grace)
    {
        PartitionRecord partition = Find(name);
        CheckStartUnlessRuns(partition);
        return [.. PreviewAsk(partition, grace), .. PreviewUncheckedStart(partition)];
    }

    private List<PlannedAction> PreviewUncheckedStart(PartitionRecord partition)
    {
        using OpenImage image = OpenImageOf(partition, Guid.Empty, _journal.Position);
        return
        [
            .. PreviewUndo(partition, ClaimSteps(partition)),
            .. partition.HoldsMachine ? [] : _taker.ClaimOf(partition.Plan).Select(PlannedAction.Take),
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
        return [.. PreviewAsk(partition, grace), .. PreviewUndo(partition, ClaimSteps(partition))];
    }

    /// <summary>What <see cref="Destroy"/> would do now, in order; nothing is changed.</summary>
    /// <exception cref="PartitionException">What <see cref="Destroy"/> would refuse.</exception>
    public IReadOnlyList<PlannedAction> PreviewDestroy(PartitionName name, bool evenIfRunning)
    {
        PartitionRecord partition = Find(name);
        CheckDestroy(partition, evenIfRunning);
        return PreviewUndo(partition, 0);
    }

    private IReadOnlyList<PlannedAction> PreviewAsk(PartitionRecord partition, TimeSpan grace) =>
        grace > TimeSpan.Zero && partition.MayRun && Look(partition) is { ResetWord: 0, Heartbeat: not 0 }
            ? [PlannedAction.Ask($"ask its kernel to shut down, and wait up to {grace.TotalSeconds:0.#} s")]
            : [];

    private static IReadOnlyList<PlannedAction> PreviewUndo(PartitionRecord partition, int keep) =>
        [.. partition.Steps.Skip(keep).Reverse().Select(PlannedAction.Undo)];
}
