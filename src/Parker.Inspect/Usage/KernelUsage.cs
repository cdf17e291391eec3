namespace Parker.Inspect.Usage;

/// <summary>How busy and how full a kernel is at one moment.</summary>
public sealed record KernelUsage
{
    /// <summary>Each online CPU.</summary>
    public required IReadOnlyList<CpuTimes> Cpus { get; init; }

    /// <summary>The average number of threads that ran or wanted to, over 1, 5 and 15 minutes; null where it is not known.</summary>
    public required (double One, double Five, double Fifteen)? Load { get; init; }

    /// <summary>The memory that the kernel manages, in bytes; null where it is not known.</summary>
    public required ulong? TotalBytes { get; init; }

    /// <summary>Memory that nobody uses.</summary>
    public required ulong? FreeBytes { get; init; }

    /// <summary>Memory that holds parts of files.</summary>
    public required ulong? CachedBytes { get; init; }

    /// <summary>Memory of programs that is no file's.</summary>
    public required ulong? AnonymousBytes { get; init; }

    /// <summary>Memory of the kernel's own objects.</summary>
    public required ulong? SlabBytes { get; init; }
}
