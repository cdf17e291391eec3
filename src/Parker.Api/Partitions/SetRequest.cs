namespace Parker.Api.Partitions;

/// <summary>What a partition shall have from now on.</summary>
public sealed record SetRequest
{
    /// <summary>A count, or a cpulist of the Boot Kernel's numbers; null where its CPUs stay what they are.</summary>
    public string? Cpus { get; init; }

    /// <summary>How much memory, with what it started with; null where its memory stays what it is.</summary>
    public string? Memory { get; init; }
}
