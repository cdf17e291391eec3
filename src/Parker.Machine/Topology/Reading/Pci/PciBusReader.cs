using Parker.Machine.Diagnostics;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Puts the buses together from the functions, their bridges, and <c>/sys/class/pci_bus</c>.</summary>
internal static class PciBusReader
{
    private const string Folder = "/sys/class/pci_bus";

    public static IReadOnlyList<PciBus> Read(SourceReader reader, IReadOnlyList<PciFunction> functions)
    {
        Dictionary<(uint Segment, byte Number), PciFunction> bridges = BySecondary(functions, reader.Diagnostics);
        Dictionary<(uint Segment, byte Number), List<PciAddress>> buses = [];
        foreach (PciFunction function in functions)
        {
            Bus(buses, (function.Address.Segment, function.Address.Bus)).Add(function.Address);
        }

        foreach ((uint, byte) key in bridges.Keys)
        {
            _ = Bus(buses, key);
        }

        foreach (string name in reader.Names(Folder))
        {
            // "0000:3a": the address of a bus is that of a function without the function.
            if (PciAddress.TryParse(name + ":00.0", null, out PciAddress first))
            {
                _ = Bus(buses, (first.Segment, first.Bus));
            }
        }

        return
        [
            .. buses.OrderBy(bus => bus.Key).Select(bus =>
            {
                PciFunction? bridge = bridges.GetValueOrDefault(bus.Key) ?? Innermost(functions, bus.Key);
                // A bus without a bridge of its own (virtual functions reach over to it) ends where it starts.
                byte subordinate = bridge?.Bridge is PciBridgeFacts facts && facts.Secondary == bus.Key.Number ? facts.Subordinate : bus.Key.Number;
                return new PciBus(bus.Key.Segment, bus.Key.Number, bridge?.Address, subordinate, bus.Value);
            }),
        ];
    }

    private static Dictionary<(uint Segment, byte Number), PciFunction> BySecondary(IReadOnlyList<PciFunction> functions, DiagnosticBag diagnostics)
    {
        Dictionary<(uint Segment, byte Number), PciFunction> bridges = [];
        foreach (PciFunction function in functions)
        {
            if (function.Bridge is PciBridgeFacts facts && !bridges.TryAdd((function.Address.Segment, facts.Secondary), function))
            {
                PciAddress other = bridges[(function.Address.Segment, facts.Secondary)].Address;
                diagnostics.Warning(
                    "TOPO104",
                    $"/sys/bus/pci/devices/{function.Address}",
                    $"The bridge says that bus {facts.Secondary:x2} is right behind it, and so does {other}; the bus is taken as behind {other}.");
            }
        }

        return bridges;
    }

    private static PciFunction? Innermost(IReadOnlyList<PciFunction> functions, (uint Segment, byte Number) bus) =>
        functions
            .Where(function => function.Address.Segment == bus.Segment && function.Bridge is PciBridgeFacts facts && facts.Secondary < bus.Number && bus.Number <= facts.Subordinate)
            .MaxBy(function => function.Bridge!.Secondary);

    private static List<PciAddress> Bus(Dictionary<(uint Segment, byte Number), List<PciAddress>> buses, (uint Segment, byte Number) key)
    {
        if (!buses.TryGetValue(key, out List<PciAddress>? functions))
        {
            buses[key] = functions = [];
        }

        return functions;
    }
}
