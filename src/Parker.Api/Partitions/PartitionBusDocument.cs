using Parker.Api.Topology;

namespace Parker.Api.Partitions;

/// <summary>Buses of a partition behind one root port.</summary>
/// <param name="RootPort">The root port, which stays the Boot Kernel's: <c>0000:00:03.0</c>.</param>
/// <param name="Buses">The buses.</param>
/// <param name="Functions">The functions on them.</param>
/// <param name="ApplicationSegment">The segment that the Application Kernel sees them in.</param>
public sealed record PartitionBusDocument(string RootPort, BusRangeDocument Buses, IReadOnlyList<string> Functions, int ApplicationSegment);
