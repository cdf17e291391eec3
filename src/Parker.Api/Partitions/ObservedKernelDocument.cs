using Parker.Api.Inspection;

namespace Parker.Api.Partitions;

/// <summary>What a partition's memory tells of the kernel in it. Its texts are that kernel's, and can be anything that whoever is root in there writes.</summary>
public sealed record ObservedKernelDocument
{
    /// <summary>Its release.</summary>
    public required string Release { get; init; }

    /// <summary>What it said when it gave up; null where it has not.</summary>
    public required string? Panic { get; init; }

    /// <summary>The last line of each other kind of trouble.</summary>
    public required IReadOnlyList<KernelTroubleDocument> Troubles { get; init; }

    /// <summary>How many processes it has killed for want of memory.</summary>
    public required int OutOfMemoryKills { get; init; }

    /// <summary>The newest record of its log; null where there is none.</summary>
    public required LogRecordDocument? LastRecord { get; init; }

    /// <summary>Its build ID; null in lists, and where it does not tell.</summary>
    public string? BuildId { get; init; }

    /// <summary>How far KASLR moved it, hexadecimal; null in lists, and where it does not tell.</summary>
    public string? KaslrOffset { get; init; }

    /// <summary>4 or 5; null in lists.</summary>
    public int? PageTableLevels { get; init; }

    /// <summary>The letters of what tainted it (Documentation/admin-guide/tainted-kernels.rst), empty for nothing; null in lists, and where it does not tell.</summary>
    public string? Taint { get; init; }

    /// <summary>Its command line as it has it; null in lists, and where it does not tell.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Its online CPUs by its own numbers; null in lists, and where it does not tell.</summary>
    public string? OnlineCpus { get; init; }

    /// <summary>The bytes of memory that came while it runs and that it has not brought online; null in lists, and where it does not tell.</summary>
    public ulong? OfflineMemoryBytes { get; init; }

    /// <summary>Whether it has come to where it runs init; null in lists, and where it does not tell.</summary>
    public bool? InitStarted { get; init; }

    /// <summary>Its count of ticks; null in lists, and where it does not tell.</summary>
    public ulong? Jiffies { get; init; }

    /// <summary>How long it has run by that count; null in lists, and where it does not tell.</summary>
    public double? UptimeSeconds { get; init; }
}
