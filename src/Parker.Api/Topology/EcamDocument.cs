using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>A window of memory-mapped configuration space.</summary>
/// <param name="Base">The address of bus 0 of the segment, even where the range starts above bus 0.</param>
/// <param name="Buses">The buses covered.</param>
/// <param name="Addresses">The addresses of the covered buses.</param>
public sealed record EcamDocument(string Base, BusRangeDocument Buses, RangeDocument Addresses)
{
    internal static EcamDocument Of(EcamRange ecam) => new(ecam.Base.ToString(), BusRangeDocument.Of(ecam.Buses), RangeDocument.Of(ecam.Addresses));
}
