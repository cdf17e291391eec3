namespace Parker.Api.Inspection;

/// <summary>A dump that was written.</summary>
public sealed record DumpDocument
{
    /// <summary>The version of this document's form.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The partition.</summary>
    public required string Partition { get; init; }

    /// <summary>The boot that it is of.</summary>
    public required Guid BootId { get; init; }

    /// <summary>The partition's state when the dump began.</summary>
    public required string State { get; init; }

    /// <summary>The kernel's release; null where the kernel did not get far enough to say it, and the dump has no VMCOREINFO.</summary>
    public required string? Release { get; init; }

    /// <summary>The length of the ELF core in bytes.</summary>
    public required ulong LengthBytes { get; init; }

    /// <summary>The bytes of it that are not zero pages.</summary>
    public required ulong DataBytes { get; init; }

    /// <summary>The length of the file: less than that of the core where it is compressed.</summary>
    public required ulong FileBytes { get; init; }

    /// <summary>For how many CPUs it has registers.</summary>
    public required int RegisterNotes { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }
}
