using Parker.Machine;

namespace Parker.Partition;

/// <summary>What became of the CPUs of a machine, by the Boot Kernel's numbers.</summary>
/// <param name="Online">Those that the Boot Kernel runs on.</param>
/// <param name="Held">Those that are offline, and that nobody can bring online until they are returned.</param>
public readonly record struct CpuHolds(CpuSet Online, CpuSet Held);
