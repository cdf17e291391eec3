using Parker.Machine;

namespace Parker.Planning.Installation;

/// <summary>How much memory the pool is to have.</summary>
/// <param name="Node">The NUMA node; null for the one with the largest range.</param>
/// <param name="Size">How much.</param>
public sealed record PoolWish(int? Node, ByteSize Size);
