namespace Parker.Api.Partitions;

/// <summary>What a partition shall have from now on.</summary>
public sealed record SetRequest
{
    /// <summary>A count, or a cpulist of the Boot Kernel's numbers.</summary>
    public required string Cpus { get; init; }
}
