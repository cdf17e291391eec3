using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Runtime;

/// <summary>Gives the bytes that a partition starts from.</summary>
public interface IImageSource
{
    /// <summary>Opens kernel and initrd and builds the image.</summary>
    /// <param name="plan">The partition.</param>
    /// <param name="bootId">The boot that is to begin.</param>
    /// <param name="journalPosition">Where the journal stands, for the header page.</param>
    /// <param name="diagnostics">Takes each reason why there is no image.</param>
    /// <returns>The image with its open files; null where there was an error.</returns>
    OpenImage? TryOpen(PartitionPlan plan, Guid bootId, long journalPosition, DiagnosticBag diagnostics);

    /// <summary>Looks at a kernel's file alone.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="diagnostics">Takes each reason why no partition can be started from it.</param>
    void CheckKernel(string path, DiagnosticBag diagnostics);

    /// <summary>The park stub for the low slot at <paramref name="lowSlot"/>: at most 4 KiB less the words at its end, for <see cref="LowSlotLayout.ParkStub"/>.</summary>
    ReadOnlyMemory<byte> ParkStub(PhysicalAddress lowSlot);
}
