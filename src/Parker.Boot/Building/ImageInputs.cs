using Parker.Boot.Kernels;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>What a memory image is made of besides the plan.</summary>
/// <param name="Kernel">The kernel; its file stays open until the image is written.</param>
/// <param name="Initrd">The initrd as one; null for none.</param>
/// <param name="CommandLine">The whole command line, the user's part and ours.</param>
/// <param name="Hashes">The fingerprints of the three.</param>
/// <param name="BootId">The boot that is to begin.</param>
/// <param name="JournalPosition">Where the journal stands.</param>
/// <param name="Date">Today.</param>
public sealed record ImageInputs(KernelImage Kernel, SegmentContent? Initrd, string CommandLine, ImageHashes Hashes, Guid BootId, long JournalPosition, DateOnly Date)
{
    /// <summary>The kernel's bytes: those of its file, or a copy of them.</summary>
    public SegmentContent Payload { get; init; } = Kernel.Payload;
}
