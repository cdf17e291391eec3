using System.Globalization;
using Parker.Api.Topology;
using Parker.Cli.Output;
using Parker.Daemon.Machines;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Planning.Grants;

namespace Parker.Cli.Topologies;

/// <summary>PCI buses and functions as tables.</summary>
internal static class PciListing
{
    public static TableWriter Buses(MachineTopology topology, BusGrants grants)
    {
        Dictionary<PciAddress, PciFunction> functions = topology.Pci.Functions.ToDictionary(function => function.Address);
        TableWriter table = new(new("BUS"), new("BEHIND"), new("FUNCTIONS", AlignRight: true), new("IOMMU UNIT"), new("CAN BE GRANTED"));
        foreach (PciBus bus in topology.Pci.Buses)
        {
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{bus.Segment:x4}:{bus.Number:x2}"),
                bus.Bridge is PciAddress bridge ? $"{bridge}{BridgeKind(functions.GetValueOrDefault(bridge))}" : "root bus",
                bus.Functions.Count.ToString(CultureInfo.InvariantCulture),
                UnitOf(bus, topology.Iommu),
                grants.Candidates.FirstOrDefault(candidate => candidate.Buses.Contains(new PciBusRange(bus.Segment, bus.Number, bus.Number))) is BusCandidate candidate
                    ? Verdict(candidate, grants)
                    : "no");
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

    /// <summary>Why buses cannot be granted, and why units cannot be owned where that would help.</summary>
    public static IEnumerable<Diagnostic> GrantFindings(BusGrants grants) =>
        grants.Candidates.SelectMany(candidate => candidate.Reasons.Select(reason => reason.ToDiagnostic(BusGrants.PlaceOf(candidate))))
            .Concat(grants.Units
                .Where(unit => unit.Buses.Any(bus => !bus.IsGrantable && bus.IsGrantableWithUnit))
                .SelectMany(unit => unit.Reasons.Select(reason => reason.ToDiagnostic($"IOMMU unit at {unit.Unit.Registers}"))));

    /// <summary>What could not be seen of how functions are used, a line for each.</summary>
    public static IEnumerable<string> UnseenUses(MachineTopology topology) =>
        topology.Pci.UnseenUses.Select(use => $"Whether a function is used ({KindName(use.Kind)}) cannot be seen everywhere: {use.Why}");

    private static string Verdict(BusCandidate candidate, BusGrants grants) => GrantDocuments.VerdictOf(candidate, grants) switch
    {
        GrantVerdict.Yes => "yes",
        GrantVerdict.WithIommuUnit => "with its IOMMU unit",
        _ => "no: " + string.Join(',', candidate.Reasons.Where(reason => reason.Refuses).Select(reason => reason.Id).Distinct()),
    };

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
