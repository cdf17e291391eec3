namespace Parker.Api.Images;

/// <summary>What a kernel image is, and whether it can be started.</summary>
public sealed record ImageReportDocument
{
    /// <summary>The version of this document's form; a field that is removed or changes its meaning makes another one.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Always <see cref="CurrentVersion"/> in what this program writes.</summary>
    public required int Version { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it can be started in a partition.</summary>
    public required bool CanStart { get; init; }

    /// <summary>The kernel; null where nothing of it can be read.</summary>
    public required ImageKernelDocument? Kernel { get; init; }

    /// <summary>Why it cannot be started, or what to know.</summary>
    public required IReadOnlyList<DiagnosticDocument> Diagnostics { get; init; }
}
