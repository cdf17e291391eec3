using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;

namespace Parker.Planning.Grants;

/// <summary>Judges whether a partition can own an IOMMU unit.</summary>
internal sealed class UnitJudge
{
    private const ushort CommandBusMaster = 1 << 2;

    private readonly MachineTopology _machine;
    private readonly ILookup<object?, BusCandidate> _buses;
    private readonly ILookup<object?, PciFunction> _functions;

    /// <summary>For the units of one machine.</summary>
    public UnitJudge(MachineTopology machine, UnitFinder units, IReadOnlyList<BusCandidate> candidates)
    {
        _machine = machine;

        // Only where functions are: behind an empty port there is nothing that the unit would have to confine.
        _buses = candidates.Where(candidate => candidate.Port is not null).SelectMany(candidate => candidate.Units.Select(unit => (unit, candidate)))
            .ToLookup(pair => pair.unit, pair => pair.candidate, ReferenceEqualityComparer.Instance);
        _functions = machine.Pci.Functions.Select(function => (Unit: units.Of(function.Address), Function: function)).Where(pair => pair.Unit is not null)
            .ToLookup(pair => pair.Unit!, pair => pair.Function, ReferenceEqualityComparer.Instance);
    }

    /// <summary>Judges each unit, in the order of the topology.</summary>
    public IReadOnlyList<UnitCandidate> JudgeAll() => [.. _machine.Iommu.Units.Select(Judge)];

    private UnitCandidate Judge(IommuUnit unit)
    {
        MachineTopology machine = _machine;
        BusCandidate[] buses = [.. _buses[unit]];
        IEnumerable<GrantReason?> reasons =
        [
            unit.Kind == IommuKind.IntelVtd ? null : Refuse(GrantReasonId.UnitKind, $"The unit is an AMD one ({unit.Kind}); a partition can only be told of Intel VT-d units.", "Grant devices without a unit of their own."),
            machine.Iommu.HostAddressWidth > 0 || unit.Kind != IommuKind.IntelVtd ? null : Refuse(GrantReasonId.UnitKind, "The host address width of the DMAR table is not known.", "Run as root."),
            Driven(machine.Iommu, unit),
            Remaps(machine.Interrupts),
            LegacyIoApic(machine.Interrupts, unit),
            Shared(_functions[unit], buses),
            ReservedMemory(machine.Iommu, buses),
            Ungrantable(buses),
            buses.Length > 0 ? null : Refuse(GrantReasonId.UnitEmpty, "There is no device behind a root port whose DMA goes through the unit.", "Plug one in."),
        ];
        return new UnitCandidate(unit, machine.Iommu.HostAddressWidth, buses, [.. reasons.OfType<GrantReason>()]);
    }

    private static GrantReason? Driven(IommuFacts iommu, IommuUnit unit)
    {
        if (unit.BootKernelName.Length > 0)
        {
            return Refuse(GrantReasonId.UnitDriven, $"The Boot Kernel drives the unit as {unit.BootKernelName}.", "Boot with intel_iommu=off, or with the unit left out of the Boot Kernel's DMAR table.");
        }

        return iommu.DrivenByBootKernel.IsKnown ? null : Refuse(GrantReasonId.UnitUseUnknown, $"Whether the Boot Kernel drives the unit is not known ({iommu.DrivenByBootKernel.Evidence}).", "Run as root.");
    }

    // The kernel turns remapping on in all units of its table, or in none.
    private static GrantReason? Remaps(InterruptFacts interrupts) => interrupts.Remapping.Value switch
    {
        false => null,
        true => Refuse(
            GrantReasonId.UnitRemaps,
            $"The Boot Kernel remaps interrupts through all units of its table ({interrupts.Remapping.Evidence}).",
            "Boot with intremap=off, or with the unit left out of the Boot Kernel's DMAR table."),
        null => Refuse(GrantReasonId.UnitUseUnknown, $"Whether the Boot Kernel remaps interrupts is not known ({interrupts.Remapping.Evidence}).", "Run as root, or boot with intremap=off."),
    };

    // When the partition turns remapping on, interrupts in the old format are blocked, and those of ISA devices, ACPI and the serial console stop.
    private static GrantReason? LegacyIoApic(InterruptFacts interrupts, IommuUnit unit)
    {
        byte[] needed = [.. unit.IoApicIds.Where(id => interrupts.IoApics.FirstOrDefault(ioApic => ioApic.Id == id) is not MadtIoApic known || known.GlobalInterruptBase == 0)];
        return needed.Length == 0 ? null : Refuse(
            GrantReasonId.UnitIoApic,
            $"The unit also serves I/O APIC {string.Join(", ", needed)}, through which the Boot Kernel gets interrupts that the partition would block on hardware (an emulated unit lets them pass).",
            "Use devices behind another unit: servers have one for each PCI Express stack.");
    }

    private static GrantReason? Shared(IEnumerable<PciFunction> functions, IReadOnlyList<BusCandidate> buses)
    {
        // Host bridges and ports send no DMA of their own; a function that nothing drives and that is no bus master sends none either.
        PciFunction[] outside =
        [
            .. functions.Where(function =>
                !buses.Any(bus => bus.Buses.Contains(function.Address))
                && !function.IsPciBridge
                && function.Class >> 8 != 0x0600
                && (function.Driver.Length > 0 || function.Uses.Count > 0 || function.Command is not ushort command || (command & CommandBusMaster) != 0)),
        ];
        PciAddress[] addresses = [.. outside.Select(function => function.Address)];
        return addresses.Length == 0 ? null : Refuse(
            GrantReasonId.UnitShared,
            $"The DMA of {string.Join(", ", addresses.Take(3))}{(addresses.Length > 3 ? $" and {addresses.Length - 3} more functions" : "")}, which cannot be granted, goes through the unit too; the partition would block it.",
            "Use devices behind another unit, or unbind the drivers of these.") with
        {
            Functions = addresses,
        };
    }

    private static GrantReason? ReservedMemory(IommuFacts iommu, IReadOnlyList<BusCandidate> buses)
    {
        foreach (IommuReservedMemory memory in iommu.ReservedMemory)
        {
            PciAddress[] named = [.. buses.SelectMany(bus => bus.Functions).Where(function => memory.ForAllDevices || memory.Devices.Contains(function))];
            if (named.Length > 0)
            {
                return Refuse(
                    GrantReasonId.UnitReservedMemory,
                    $"The firmware wants {string.Join(", ", named.Take(3))}{(named.Length > 3 ? $" and {named.Length - 3} more functions" : "")} to reach {memory.Range} always (RMRR), which is not the partition's memory.",
                    "Use another device, or switch the firmware feature off that needs it (USB legacy support, remote management).") with
                {
                    Functions = named,
                };
            }
        }

        return null;
    }

    private static GrantReason? Ungrantable(IReadOnlyList<BusCandidate> buses)
    {
        BusCandidate[] kept = [.. buses.Where(bus => !bus.IsGrantableWithUnit)];
        return kept.Length == 0 ? null : Refuse(
            GrantReasonId.UnitBuses,
            $"A partition that owns the unit must hold all buses behind it, and {string.Join(", ", kept.Select(bus => bus.Buses))} cannot be granted.",
            "See the reasons of these buses.");
    }

    private static GrantReason Refuse(string id, string seen, string remedy) => new(id, DiagnosticSeverity.Error, [], seen, remedy);
}
