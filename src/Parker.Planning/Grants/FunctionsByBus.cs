using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Grants;

/// <summary>Finds the functions on a range of buses without looking at all others.</summary>
/// <param name="functions">All functions of the machine, by address.</param>
internal sealed class FunctionsByBus(IReadOnlyList<PciFunction> functions)
{
    private readonly ILookup<(uint Segment, byte Bus), PciFunction> _functions = functions.ToLookup(function => (function.Address.Segment, function.Address.Bus));

    /// <summary>The functions on those buses, by address.</summary>
    public PciFunction[] On(PciBusRange buses) =>
        [.. Enumerable.Range(buses.First, Math.Max(0, buses.Count)).SelectMany(number => _functions[(buses.Segment, (byte)number)])];
}
