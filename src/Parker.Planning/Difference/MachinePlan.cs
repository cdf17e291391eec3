namespace Parker.Planning.Difference;

/// <summary>The difference between a configuration and a machine.</summary>
/// <param name="Changes">What becomes of each partition, by name.</param>
/// <param name="Hash">32 hexadecimal digits that change with everything that applying it would do or rests on.</param>
public sealed record MachinePlan(IReadOnlyList<PartitionChange> Changes, string Hash)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Changes.All(change => change.Steps.Count == 0);

    /// <summary>The partitions whose kernels would be stopped.</summary>
    public IEnumerable<PartitionChange> Stopping => Changes.Where(change => change.StopsKernel);
}
