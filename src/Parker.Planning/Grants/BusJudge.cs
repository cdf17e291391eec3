using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Grants;

/// <summary>Sorts the buses of a machine into sets that can only be granted together, and judges each set.</summary>
internal static class BusJudge
{
    // Lines 0 to 5 of sysfs "resource" are BARs, 6 the ROM, 7 and up windows of a bridge, or BARs for the virtual functions of another function.
    private const int FirstWindow = 7;

    public static IReadOnlyList<BusCandidate> Judge(MachineTopology machine)
    {
        HashSet<(uint Segment, byte Number)> roots = [.. machine.Pci.Buses.Where(bus => bus.Bridge is null).Select(bus => (bus.Segment, bus.Number))];
        PciFunction[] ports = [.. machine.Pci.Functions.Where(function => function.Bridge is not null && roots.Contains((function.Address.Segment, function.Address.Bus)))];
        List<BusCandidate> candidates = [.. roots.Select(root => RootBus(machine, root.Segment, root.Number))];
        foreach (PciFunction port in ports)
        {
            PciBusRange buses = BusesBehind(port);
            bool overlaps = ports.Any(other => other != port && BusesBehind(other).Overlaps(buses)) || roots.Any(root => buses.Overlaps(new PciBusRange(root.Segment, root.Number, root.Number)));
            candidates.Add(BehindPort(machine, port, buses, overlaps));
        }

        return [.. candidates.OrderBy(candidate => candidate.Buses.Segment).ThenBy(candidate => candidate.Buses.First).ThenBy(candidate => candidate.Port)];
    }

    private static PciBusRange BusesBehind(PciFunction port) => new(port.Address.Segment, port.Bridge!.Secondary, port.Bridge.Subordinate);

    // A root bus holds ports and devices of the root complex: neither can be given away, but what uses them is told all the same.
    private static BusCandidate RootBus(MachineTopology machine, uint segment, byte number)
    {
        PciBusRange buses = new(segment, number, number);
        PciFunction[] functions = [.. machine.Pci.Functions.Where(function => buses.Contains(function.Address))];
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
            Units = UnitsOf(machine.Iommu, functions),
            Reasons = reasons,
        };
    }

    private static BusCandidate BehindPort(MachineTopology machine, PciFunction port, PciBusRange buses, bool overlaps)
    {
        PciFunction[] functions = [.. machine.Pci.Functions.Where(function => buses.Contains(function.Address))];
        PciFunction[] devices = [.. functions.Where(function => !function.IsPciBridge)];
        PciWindow[] windows =
        [
            .. port.Resources
                .Where(resource => resource.Index >= FirstWindow && !resource.IsIo)
                .Select(resource => new PciWindow(resource.Range, resource.IsPrefetchable))
                .OrderBy(window => window.Range),
        ];
        PhysicalAddress? ecam = EcamBase(machine.Pci, buses);
        IReadOnlyList<IommuUnit> units = UnitsOf(machine.Iommu, functions);
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

    private static IReadOnlyList<IommuUnit> UnitsOf(IommuFacts iommu, PciFunction[] functions) =>
        [.. functions.Select(function => iommu.UnitOf(function.Address)).OfType<IommuUnit>().Distinct(ReferenceEqualityComparer.Instance).Cast<IommuUnit>()];
}
