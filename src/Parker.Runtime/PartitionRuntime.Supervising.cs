using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Supervision;

namespace Parker.Runtime;

/// <content>Starting partitions without anybody asking.</content>
public sealed partial class PartitionRuntime
{
    /// <summary>Whether <see cref="Supervise"/> has something to do.</summary>
    public bool NeedsSupervision()
    {
        DateTimeOffset now = Now;
        return Read(partitions => partitions.Any(partition => Decide(partition) is var decision && (decision.GivesUp || decision.IsDue(now))));
    }

    /// <summary>Notes that a kernel which panicked or hangs was dumped, or could not be, so that it may be started again.</summary>
    /// <param name="name">The partition; nothing is noted where it is gone or was started anew meanwhile.</param>
    /// <param name="bootId">The boot.</param>
    /// <param name="text">Where the dump is, or why there is none.</param>
    public void NoteDump(PartitionName name, Guid bootId, string text)
    {
        lock (_sync)
        {
            if (_partitions.TryFind(name, out PartitionRecord? partition) && partition.BootId == bootId)
            {
                Write(new DumpEnded(Now, Text(partition), bootId, text));
            }
        }
    }

    /// <summary>When the next restart of a partition is due that nobody asks for; null where none is to come.</summary>
    public DateTimeOffset? NextRestart(PartitionRecord partition) => Decide(partition) is { Attempt: > 0 } decision ? decision.Due : null;

    /// <summary>Starts the partitions whose restart is due, one after another, and gives up those whose kernels end again and again.</summary>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> Supervise()
    {
        List<string> told = [];
        foreach (PartitionRecord partition in Partitions)
        {
            RestartDecision decision = Decide(partition);
            if (decision.GivesUp)
            {
                string reason = $"given up after {partition.RestartsInRow} restarts in a row: 'parker start {partition.Name}' tries again";
                Write(new RestartsGivenUp(Now, Text(partition), reason));
                told.Add($"{partition.Name}: {reason}");
            }
            else if (decision.IsDue(Now))
            {
                told.Add(StartUnasked(partition, decision.Attempt, $"it was {Word(partition.State)} ({partition.Evidence.Text})"));
            }
        }

        return told;
    }

    /// <summary>Starts the partitions that are to run when the daemon begins and that nobody has started or stopped.</summary>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> Autostart() =>
        [.. Partitions.Where(partition => partition.Policy.Autostart && partition.State == PartitionState.Defined).Select(partition => StartUnasked(partition, 1, "autostart"))];

    private RestartDecision Decide(PartitionRecord partition) => RestartRule.Decide(partition, _options.Supervision);

    private string StartUnasked(PartitionRecord partition, int attempt, string why)
    {
        string start = $"{partition.Name}: start {attempt} of at most {_options.Supervision.Limit} without being asked, {why}";
        try
        {
            StartAs(partition.Name, attempt);
            return $"{start}: it is starting";
        }
        catch (PartitionException refused)
        {
            Write(new RestartRefused(Now, Text(partition), attempt, refused.Message));
            return $"{start}: refused: {refused.Message}";
        }
        catch (MachineException failure)
        {
            return $"{start}: {failure.Message}";
        }
    }

    private static string Word(PartitionState state) => state.ToString().ToLowerInvariant();
}
