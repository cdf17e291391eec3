namespace Parker.Api.Inspection;

/// <summary>How busy and how full an Application Kernel is. Times count up since the kernel began: the difference of two documents is what happened between them.</summary>
public sealed record UsageDocument
{
    /// <summary>The version of this document's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The partition.</summary>
    public required string Partition { get; init; }

    /// <summary>The boot that it is of.</summary>
    public required Guid BootId { get; init; }

    /// <summary>When it was read, by a clock of the Boot Kernel that only counts up.</summary>
    public required long TimeNs { get; init; }

    /// <summary>How many threads ran or wanted to, on average over a minute; null where it is not known.</summary>
    public required double? Load1 { get; init; }

    /// <summary>The same over 5 minutes.</summary>
    public required double? Load5 { get; init; }

    /// <summary>The same over 15 minutes.</summary>
    public required double? Load15 { get; init; }

    /// <summary>The memory that the kernel manages; null where it is not known.</summary>
    public required ulong? TotalBytes { get; init; }

    /// <summary>Memory that nobody uses; null where it is not known.</summary>
    public required ulong? FreeBytes { get; init; }

    /// <summary>Memory that holds parts of files; null where it is not known.</summary>
    public required ulong? CachedBytes { get; init; }

    /// <summary>Memory of programs that is no file's; null where it is not known.</summary>
    public required ulong? AnonymousBytes { get; init; }

    /// <summary>Memory of the kernel's own objects; null where it is not known.</summary>
    public required ulong? SlabBytes { get; init; }

    /// <summary>Each online CPU.</summary>
    public required IReadOnlyList<CpuUsageDocument> Cpus { get; init; }
}
