namespace Parker.Machine.Topology;

/// <summary>One NUMA node.</summary>
/// <param name="Number">The Boot Kernel's number.</param>
/// <param name="ProximityDomain">The firmware's number for it in SRAT; null where there is no SRAT.</param>
/// <param name="Cpus">Its CPUs, online and offline.</param>
/// <param name="Memory">Its address ranges (SRAT's, cut by what the firmware calls RAM; so the pool is in it too), host-physical.</param>
/// <param name="BootKernelMemory">MemTotal of the node: what the Boot Kernel uses.</param>
/// <param name="Distances">SLIT distances to every node, in the order of the machine's node list; 10 is itself.</param>
public sealed record NumaNode(
    int Number,
    uint? ProximityDomain,
    CpuSet Cpus,
    PhysicalRangeSet Memory,
    ByteSize BootKernelMemory,
    IReadOnlyList<int> Distances);
