using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Grants;

/// <summary>Sorts the buses of a machine into sets that can only be granted together, and judges each set.</summary>
internal static class BusJudge
{
    // Lines 0 to 5 of sysfs "resource" are BARs, 6 the ROM, 7 and up windows of a bridge, or BARs for the virtual functions of another function.
    private const int FirstWindow = 7;

    public static IReadOnlyList<BusCandidate> Judge(MachineTopology machine, UnitFinder units)
    {
        HashSet<(uint Segment, byte Number)> roots = [.. machine.Pci.Buses.Where(bus => bus.Bridge is null).Select(bus => (bus.Segment, bus.Number))];
        FunctionsByBus functions = new(machine.Pci.Functions);
        PciFunction[] ports = [.. machine.Pci.Functions.Where(function => function.Bridge is not null && roots.Contains((function.Address.Segment, function.Address.Bus)))];
        List<BusCandidate> candidates = [.. roots.Select(root => RootBus(machine, units, functions, root.Segment, root.Number))];
        HashSet<(uint Segment, int Bus)> claimedTwice = ClaimedTwice(ports, roots);
        foreach (PciFunction port in ports)
        {
            PciBusRange buses = BusesBehind(port);
            bool overlaps = NumbersOf(buses).Any(claimedTwice.Contains);
            candidates.Add(BehindPort(machine, units, functions, port, buses, overlaps));
        }

        return [.. candidates.OrderBy(candidate => candidate.Buses.Segment).ThenBy(candidate => candidate.Buses.First).ThenBy(candidate => candidate.Port)];
    }

    private static PciBusRange BusesBehind(PciFunction port) => new(port.Address.Segment, port.Bridge!.Secondary, port.Bridge.Subordinate);

    private static IEnumerable<(uint Segment, int Bus)> NumbersOf(PciBusRange buses) => Enumerable.Range(buses.First, Math.Max(0, buses.Count)).Select(number => (buses.Segment, number));

    private static HashSet<(uint Segment, int Bus)> ClaimedTwice(PciFunction[] ports, HashSet<(uint Segment, byte Number)> roots)
    {
        HashSet<(uint, int)> claimed = [.. roots.Select(root => (root.Segment, (int)root.Number))];
        return [.. ports.SelectMany(port => NumbersOf(BusesBehind(port))).Where(number => !claimed.Add(number))];
    }

    // A root bus holds ports and devices of the root complex: neither can be given away, but what uses them is told all the same.
    private static BusCandidate RootBus(MachineTopology machine, UnitFinder finder, FunctionsByBus all, uint segment, byte number)
    {
        PciBusRange buses = new(segment, number, number);
        PciFunction[] functions = all.On(buses);
        PciAddress[] devices = [.. functions.Where(function => !function.IsPciBridge).Select(function => function.Address)];
        GrantReason[] reasons =
        [
            BusReasons.OnRootBus(buses, devices),
            .. BusReasons.Uses(machine.Pci, functions),
        ];
        return new BusCandidate
        {
            Port = null,
            Buses = buses,
            Functions = [.. functions.Select(function => function.Address)],
            EcamBase = EcamBase(machine.Pci, buses),
            Windows = [],
            Node = NodeOf(null, functions),
            Units = finder.Of(functions),
            Reasons = reasons,
        };
    }

    private static BusCandidate BehindPort(MachineTopology machine, UnitFinder finder, FunctionsByBus all, PciFunction port, PciBusRange buses, bool overlaps)
    {
        PciFunction[] functions = all.On(buses);
        PciFunction[] devices = [.. functions.Where(function => !function.IsPciBridge)];
        PciWindow[] windows =
        [
            .. port.Resources
                .Where(resource => resource.Index >= FirstWindow && !resource.IsIo)
                .Select(resource => new PciWindow(resource.Range, resource.IsPrefetchable))
                .OrderBy(window => window.Range),
        ];
        PhysicalAddress? ecam = EcamBase(machine.Pci, buses);
        IReadOnlyList<IommuUnit> units = finder.Of(functions);
        IEnumerable<GrantReason?> reasons =
        [
            BusReasons.Port(port, buses),
            BusReasons.Empty(port, devices),
            overlaps ? BusReasons.Overlap(port, buses) : null,
            .. BusReasons.Uses(machine.Pci, functions),
            ecam is null ? BusReasons.NoEcam(machine.Pci, buses) : null,
            .. BusReasons.Interrupts(devices),
            BusReasons.Windows(port, windows, functions),
            BusReasons.IoPorts(devices),
            BusReasons.Virtual(functions),
            devices.Length > 0 ? BusReasons.Remapping(machine.Interrupts) : null,
            BusReasons.Translated(machine.Kernel, devices, units),
            BusReasons.Reset(devices),
        ];
        return new BusCandidate
        {
            Port = port.Address,
            Buses = buses,
            Functions = [.. functions.Select(function => function.Address)],
            EcamBase = ecam,
            Windows = windows,
            Node = NodeOf(port, functions),
            Units = units,
            Reasons = [.. reasons.OfType<GrantReason>().OrderBy(reason => reason.Id, StringComparer.Ordinal)],
        };
    }

    // A segment of 0xffff has no successor in the 16 bits of MCFG, which the partition's segment needs.
    private static PhysicalAddress? EcamBase(PciFacts pci, PciBusRange buses) =>
        buses.Segment < ushort.MaxValue ? pci.Ecam.FirstOrDefault(range => range.Buses.Contains(buses))?.Base : null;

    private static int? NodeOf(PciFunction? port, PciFunction[] functions) =>
        functions.Select(function => function.Node).FirstOrDefault(node => node is not null) ?? port?.Node;
}
