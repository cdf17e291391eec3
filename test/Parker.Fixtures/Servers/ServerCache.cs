namespace Parker.Fixtures.Servers;

/// <summary>One of the caches that each CPU of a made-up server has.</summary>
/// <param name="Level">1, 2 or 3.</param>
/// <param name="Type"><c>Data</c>, <c>Instruction</c> or <c>Unified</c>.</param>
/// <param name="KiB">Its size.</param>
/// <param name="Ways">Its associativity.</param>
/// <param name="SharedBy">The CPUs for which this gives the same number share one.</param>
internal sealed record ServerCache(int Level, string Type, int KiB, int Ways, Func<ServerCpu, int> SharedBy);
