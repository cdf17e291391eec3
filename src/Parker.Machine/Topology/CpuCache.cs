namespace Parker.Machine.Topology;

/// <summary>One cache and the CPUs that share it.</summary>
/// <param name="Level">1, 2, 3 and so on.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Size">Its size.</param>
/// <param name="SharedBy">The online CPUs that share it.</param>
public sealed record CpuCache(int Level, CpuCacheKind Kind, ByteSize Size, CpuSet SharedBy);
