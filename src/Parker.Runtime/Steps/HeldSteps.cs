using Parker.Partition;

namespace Parker.Runtime.Steps;

/// <summary>The steps that are held for a partition, oldest first, as entries of the journal change them.</summary>
public static class HeldSteps
{
    /// <summary>How many claim what it gets: those before its kernel was started.</summary>
    public static int CountClaims(IReadOnlyList<Step> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        int count = 0;
        while (count < steps.Count && steps[count] is not RunStep)
        {
            count++;
        }

        return count;
    }

    /// <summary>Adds a step that has begun. What comes while a kernel runs is held as if it had come before: until after that kernel is stopped, and memory until devices cannot reach it.</summary>
    public static void Add(List<Step> steps, Step step)
    {
        ArgumentNullException.ThrowIfNull(steps);
        int place = step switch
        {
            RunStep => steps.Count,
            ReserveMemoryStep => steps.FindIndex(other => other is not ReserveMemoryStep),
            _ => CountClaims(steps),
        };
        steps.Insert(place < 0 ? steps.Count : place, step);
    }

    /// <summary>The kernel that runs has other CPUs.</summary>
    public static void SetCpus(List<Step> steps, IReadOnlyList<PartitionCpu> cpus)
    {
        int run = CountClaims(steps);
        if (run < steps.Count)
        {
            steps[run] = ((RunStep)steps[run]) with { Cpus = cpus };
        }
    }
}
