using Parker.Partition;

namespace Parker.Runtime;

/// <summary>What a change of CPUs did.</summary>
/// <param name="Left">The CPUs that left; the Boot Kernel has them again.</param>
/// <param name="Came">The CPUs that came; the partition's kernel knows them.</param>
/// <param name="Release">How long it took until the first were back in the Boot Kernel.</param>
/// <param name="Arrival">How long it took from then until its kernel knew the others.</param>
public sealed record ResizeReport(IReadOnlyList<PartitionCpu> Left, IReadOnlyList<PartitionCpu> Came, TimeSpan Release, TimeSpan Arrival);
