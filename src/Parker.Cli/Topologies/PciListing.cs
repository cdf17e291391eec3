using System.Globalization;
using Parker.Cli.Output;
using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Cli.Topologies;

/// <summary>PCI buses and functions as tables.</summary>
internal static class PciListing
{
    public static TableWriter Buses(MachineTopology topology)
    {
        Dictionary<PciAddress, PciFunction> functions = topology.Pci.Functions.ToDictionary(function => function.Address);
        TableWriter table = new(new("BUS"), new("BEHIND"), new("FUNCTIONS", AlignRight: true), new("IOMMU UNIT"));
        foreach (PciBus bus in topology.Pci.Buses)
        {
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{bus.Segment:x4}:{bus.Number:x2}"),
                bus.Bridge is PciAddress bridge ? $"{bridge}{BridgeKind(functions.GetValueOrDefault(bridge))}" : "root bus",
                bus.Functions.Count.ToString(CultureInfo.InvariantCulture),
                UnitOf(bus, topology.Iommu));
        }

        return table;
    }

    public static TableWriter Functions(MachineTopology topology)
    {
        TableWriter table = new(
            new("ADDRESS"), new("KIND"), new("ID"), new("DRIVER"), new("NODE"), new("RESET"), new("MSI"), new("GROUP", AlignRight: true), new("USED FOR"));
        foreach (PciFunction function in topology.Pci.Functions)
        {
            table.Add(
                function.Address.ToString(),
                PciClassName.Of(function.Class) + (function.PhysicalFunction is PciAddress physical ? $" (virtual function of {physical})" : ""),
                string.Create(CultureInfo.InvariantCulture, $"{function.Vendor:x4}:{function.Device:x4}"),
                function.Driver,
                function.Node?.ToString(CultureInfo.InvariantCulture) ?? "",
                string.Join(',', function.ResetMethods),
                Msi(function),
                function.IommuGroup?.ToString(CultureInfo.InvariantCulture) ?? "",
                string.Join("; ", Uses(function)));
        }

        return table;
    }

    /// <summary>What could not be seen of how functions are used, a line for each.</summary>
    public static IEnumerable<string> UnseenUses(MachineTopology topology) =>
        topology.Pci.UnseenUses.Select(use => PlainText.Of($"Whether a function is used as {KindName(use.Kind)} cannot be seen everywhere: {use.Why}"));

    private static IEnumerable<string> Uses(PciFunction function)
    {
        IEnumerable<string> uses = function.Uses.Select(use => $"{KindName(use.Kind)}: {use.Detail}");
        uses = function.IsBootVga ? uses.Append("the firmware's display") : uses;
        return function.VirtualFunctions.Enabled > 0
            ? uses.Append(string.Create(CultureInfo.InvariantCulture, $"{function.VirtualFunctions.Enabled} of {function.VirtualFunctions.Total} virtual functions"))
            : uses;
    }

    private static string BridgeKind(PciFunction? bridge) => bridge switch
    {
        { Bridge.IsRootPort: true, Slot: PcieSlot slot } => string.Create(CultureInfo.InvariantCulture, $" (root port, slot {slot.Number})"),
        { Bridge.IsRootPort: true } => " (root port)",
        _ => "",
    };

    private static string UnitOf(PciBus bus, IommuFacts iommu)
    {
        // Of an empty bus, what would lie there.
        IEnumerable<PciAddress> functions = bus.Functions.Count > 0 ? bus.Functions : [new PciAddress(bus.Segment, bus.Number, 0, 0)];
        return string.Join(
            ", ",
            functions.Select(iommu.UnitOf).Distinct().Select(unit => unit is null ? "none" : unit.BootKernelName.Length > 0 ? unit.BootKernelName : "at " + unit.Registers));
    }

    private static string Msi(PciFunction function) => (function.HasMsi.Value, function.HasMsix.Value) switch
    {
        (true, true) => "MSI,MSI-X",
        (true, _) => "MSI",
        (_, true) => "MSI-X",
        (false, false) => "no",
        _ => "unknown",
    };

    private static string KindName(PciUseKind kind) => kind switch
    {
        PciUseKind.Mount => "mounted",
        PciUseKind.Swap => "swap",
        PciUseKind.Volume => "volume",
        PciUseKind.NetworkInterface => "network",
        _ => "console",
    };
}
