using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One cache.</summary>
/// <param name="Level">1, 2, 3 and so on.</param>
/// <param name="Kind"><c>data</c>, <c>instruction</c>, <c>unified</c> or <c>unknown</c>.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Cpus">The online CPUs that share it, as a cpulist.</param>
public sealed record CacheDocument(int Level, string Kind, ulong SizeBytes, string Cpus)
{
    internal static CacheDocument Of(CpuCache cache) => new(cache.Level, ApiJson.NameOf(cache.Kind), cache.Size.Bytes, cache.SharedBy.ToString());
}
