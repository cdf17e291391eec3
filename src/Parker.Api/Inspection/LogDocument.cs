namespace Parker.Api.Inspection;

/// <summary>An Application Kernel's log, or what came since an earlier look.</summary>
public sealed record LogDocument
{
    /// <summary>The version of this document's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The partition.</summary>
    public required string Partition { get; init; }

    /// <summary>The boot that it is of.</summary>
    public required Guid BootId { get; init; }

    /// <summary>The kernel's release; null where it does not say it yet.</summary>
    public required string? Release { get; init; }

    /// <summary><c>ring</c>, or <c>text</c> where the kernel did not get far enough to say where its log is, and only texts were found.</summary>
    public required string Source { get; init; }

    /// <summary>How many records were overwritten before they were read.</summary>
    public required ulong Lost { get; init; }

    /// <summary>What to ask for as <c>after</c> to get what comes next; null where that cannot be.</summary>
    public required string? Position { get; init; }

    /// <summary>When it was kept, of a boot that is over; null of the one in memory.</summary>
    public DateTimeOffset? KeptAt { get; init; }

    /// <summary>The records, oldest first.</summary>
    public required IReadOnlyList<LogRecordDocument> Records { get; init; }
}
