namespace Parker.Api.Inspection;

/// <summary>The threads of an Application Kernel.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="BootId">The boot that it is of.</param>
/// <param name="Complete">Whether the kernel's list was followed to its end.</param>
/// <param name="Threads">Processes from the first to the newest, each with its threads.</param>
public sealed record ThreadListDocument(string Partition, Guid BootId, bool Complete, IReadOnlyList<ThreadDocument> Threads)
{
    /// <summary>The version of this document's form.</summary>
    public int Version { get; init; } = 1;
}
