using Parker.Machine;
using Parker.Partition;
using Parker.Runtime.Elasticity;
using Parker.Runtime.Journal;
using Parker.Runtime.Steps;

namespace Parker.Runtime;

/// <content>Memory that comes and goes while a kernel runs.</content>
public sealed partial class PartitionRuntime
{
    private static bool IsToldOf(PartitionPlan plan, IReadOnlyList<AddedMemory> pieces)
    {
        if (plan.ElasticMemory is not { } elastic)
        {
            return false;
        }

        HashSet<int> places = [];
        foreach (AddedMemory piece in pieces)
        {
            bool isWithin = elastic.Windows.Any(window => window.Node == piece.Node && window.Range.Contains(piece.Range));
            if (!isWithin || piece.Range.Length != elastic.Step || piece.Place < 0 || piece.Place >= plan.MemoryPlaces || !places.Add(piece.Place))
            {
                return false;
            }
        }

        return true;
    }

    private void ReleaseMemory(PartitionRecord partition, IReadOnlyList<AddedMemory> leaving, TimeSpan timeout)
    {
        if (leaving.Count == 0)
        {
            return;
        }

        PartitionPlan without = partition.Plan with { AddedMemory = [.. partition.Plan.AddedMemory.Except(leaving)] };
        Answer answer = Ask(partition, new MemoryQuestion(without, leaving), timeout, out string why);
        if (answer is Answer.Refused or Answer.Silent)
        {
            // What it has let go of it gets again.
            Ask(partition, new MemoryQuestion(partition.Plan, leaving), RecoveryPatience, out _);
        }

        // Of a kernel that has ended nobody knows which of its memory devices may still reach.
        if (answer != Answer.Done)
        {
            throw new MachineException($"take memory {Ranges(leaving)}", partition.Name.ToString(), $"its kernel {why}, and keeps it", ErrorNumberOf(answer));
        }

        GiveBackMemory(partition, without, leaving);
    }

    private void ReceiveMemory(PartitionRecord partition, IReadOnlyList<AddedMemory> coming, TimeSpan timeout)
    {
        if (coming.Count == 0)
        {
            return;
        }

        foreach (Step step in StepTaker.ClaimOf(coming))
        {
            Begin(partition, step);
        }

        using (IMappedMemory memory = _machine.Map(Ranges(coming)))
        {
            foreach (AddedMemory piece in coming)
            {
                memory.Zero(piece.Range);
            }
        }

        PartitionPlan before = partition.Plan;
        PartitionPlan after = before with { AddedMemory = [.. before.AddedMemory, .. coming] };
        Write(new MemoryChanged(Now, Text(partition), after.AddedMemory));
        Answer answer = Ask(partition, new MemoryQuestion(after, coming), timeout, out string why);
        if (answer is Answer.Silent or Answer.KernelEnded)
        {
            throw new MachineException($"give memory {Ranges(coming)}", partition.Name.ToString(), $"its kernel {why}; it may use it, so it stays its own", ErrorNumberOf(answer));
        }

        if (answer == Answer.Done)
        {
            return;
        }

        if (Ask(partition, new MemoryQuestion(before, coming), RecoveryPatience, out _) == Answer.Done)
        {
            GiveBackMemory(partition, before, coming);
        }

        throw new MachineException($"give memory {Ranges(coming)}", partition.Name.ToString(), $"its kernel {why}", ErrorNumberOf(answer));
    }

    /// <summary>Zeroes memory that a kernel has let go of, and gives it back to the pool.</summary>
    private void GiveBackMemory(PartitionRecord partition, PartitionPlan after, IReadOnlyList<AddedMemory> leaving)
    {
        foreach (Step step in StepTaker.ClaimOf(leaving))
        {
            _undoer.Undo(step, partition);
        }

        Write(new MemoryChanged(Now, Text(partition), after.AddedMemory));
        PhysicalRangeSet zeroed = Ranges(leaving);
        ForgetMemory(partition, step => zeroed.Contains(PhysicalRangeSet.Of(step.Ranges)));
    }

    /// <summary>Zeroes memory that is held and not the partition's, and gives it back to the pool.</summary>
    private void ReturnStrangeMemory(PartitionRecord partition)
    {
        PhysicalRangeSet own = partition.Memory;
        ForgetMemory(partition, step =>
        {
            bool isStrange = !own.Overlaps(PhysicalRangeSet.Of(step.Ranges));
            if (isStrange)
            {
                _undoer.Undo(step, partition);
            }

            return isStrange;
        });
    }

    private void ForgetMemory(PartitionRecord partition, Func<ReserveMemoryStep, bool> isGiven)
    {
        for (int index = partition.Steps.Count - 1; index >= 0; index--)
        {
            if (partition.Steps[index] is ReserveMemoryStep step && isGiven(step))
            {
                Write(new StepUndone(Now, Text(partition), index));
            }
        }
    }

    private static PhysicalRangeSet Ranges(IEnumerable<AddedMemory> pieces) => PhysicalRangeSet.Of(pieces.Select(piece => piece.Range));
}
