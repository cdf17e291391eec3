namespace Parker.Machine.Topology.Reading;

/// <summary>Where a CPU sits in the machine.</summary>
/// <param name="Package">-1 where unknown.</param>
/// <param name="Die">0 where the kernel shows none.</param>
/// <param name="Core">-1 where unknown.</param>
/// <param name="Siblings">The threads of its core, with it.</param>
internal readonly record struct CpuPlace(int Package, int Die, int Core, CpuSet Siblings);
