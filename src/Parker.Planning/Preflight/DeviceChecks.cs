using System.Globalization;
using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Planning.Grants;

namespace Parker.Planning.Preflight;

/// <summary>PCI devices and IOMMU units. A partition can do without: nothing here keeps one from being started.</summary>
internal static class DeviceChecks
{
    private const string Tables = "/sys/firmware/acpi/tables/";

    public static CheckLine Ecam(MachineTopology machine)
    {
        IReadOnlyList<EcamRange> ranges = machine.Pci.Ecam;
        return ranges.Count > 0
            ? new(CheckCatalog.Ecam, CheckStatus.Ok, string.Join(", ", ranges.Select(range => $"buses {range.Buses} at {range.Addresses.Start}")), "")
            : machine.WhyUnread(Tables + "MCFG") is string why
                ? new(CheckCatalog.Ecam, CheckStatus.Unknown, why, "Run as root.")
                : new(CheckCatalog.Ecam, CheckStatus.Warn, $"{Tables}MCFG: no range; no device can be granted", "Switch memory-mapped configuration (MMCONFIG) on in the firmware's setup.");
    }

    public static CheckLine Remapping(MachineTopology machine)
    {
        Finding<bool?> remapping = machine.Interrupts.Remapping;
        return remapping.Value switch
        {
            false => new(CheckCatalog.Remapping, CheckStatus.Ok, $"off ({remapping.Evidence})", ""),
            true => new(
                CheckCatalog.Remapping,
                CheckStatus.Warn,
                $"on ({remapping.Evidence}): no device can be granted to a partition that does not own its IOMMU unit, because hardware would block its interrupts",
                $"Boot with intremap=off{WhatItCosts(machine)}; not needed for partitions without devices."),
            null => new(CheckCatalog.Remapping, CheckStatus.Unknown, remapping.Evidence, "Run as root, or boot with intremap=off."),
        };
    }

    // arch/x86/kernel/apic/apic.c, try_to_enable_x2apic: on metal there is no x2APIC mode without interrupt remapping.
    private static string WhatItCosts(MachineTopology machine)
    {
        CpuSet lost = CpuSet.Of(machine.Cpus.Where(cpu => cpu.ApicId.Value is ApicId id && !id.FitsXapic).Select(cpu => cpu.Number));
        return machine.Interrupts.Mode.Value != LocalApicMode.X2apic || machine.Processor.Flags.Contains("hypervisor")
            ? ""
            : $" and iomem=relaxed: without remapping the Boot Kernel falls back to xAPIC mode{(lost.IsEmpty ? "" : $" and cannot use CPUs {lost}, whose APIC IDs are above {ApicId.MaxXapic}")}";
    }

    public static CheckLine Translation(MachineTopology machine)
    {
        PciFunction[] grouped = [.. machine.Pci.Functions.Where(function => function.IommuGroup is not null)];
        return grouped.Length == 0
            ? new(CheckCatalog.Translation, CheckStatus.Ok, "off: no PCI function is in an IOMMU group", "")
            : BootKernelIommu.PassesAddressesThrough(machine.Kernel)
                ? new(CheckCatalog.Translation, CheckStatus.Ok, "on, and physical addresses pass through (iommu=pt)", "")
                : new(
                    CheckCatalog.Translation,
                    CheckStatus.Warn,
                    string.Create(CultureInfo.InvariantCulture, $"on: {grouped.Length} PCI functions are in IOMMU groups, so the Boot Kernel's units would block the DMA of granted devices"),
                    "Boot with iommu=pt, or with intel_iommu=off (amd_iommu=off); not needed for partitions without devices.");
    }

    public static CheckLine Units(MachineTopology machine, BusGrants grants)
    {
        if (grants.Units.Count == 0)
        {
            return WhyNoTables(machine) is string why
                ? new(CheckCatalog.IommuUnits, CheckStatus.Unknown, why, "Run as root.")
                : new(CheckCatalog.IommuUnits, CheckStatus.Warn, "no DMAR or IVRS table with a unit; nothing confines granted devices to their partition's memory", "Switch the IOMMU (VT-d) on in the firmware's setup, if partitions shall be confined.");
        }

        IEnumerable<string> each = grants.Units.Select(unit => unit.CanBeOwned
            ? $"{unit.Unit.Registers} can be owned with buses {string.Join(", ", unit.Buses.Select(bus => bus.Buses))}"
            : $"{unit.Unit.Registers} cannot be owned ({string.Join(", ", unit.Reasons.Select(reason => reason.Id))})");
        string evidence = string.Join("; ", each);
        return grants.Units.Any(unit => unit.CanBeOwned)
            ? new(CheckCatalog.IommuUnits, CheckStatus.Ok, evidence, "")
            : new(CheckCatalog.IommuUnits, CheckStatus.Warn, evidence + "; nothing confines granted devices to their partition's memory", grants.Units[0].Reasons[0].Remedy);
    }

    public static CheckLine ReservedMemory(MachineTopology machine, BusGrants grants)
    {
        if (machine.Iommu.Units.Count == 0 && WhyNoTables(machine) is string why)
        {
            return new(CheckCatalog.ReservedMemory, CheckStatus.Unknown, why, "Run as root.");
        }

        PciAddress[] named =
        [
            .. grants.Candidates
                .Where(candidate => candidate.Port is not null)
                .SelectMany(candidate => candidate.Functions)
                .Where(function => machine.Iommu.ReservedMemory.Any(memory => memory.ForAllDevices || memory.Devices.Contains(function))),
        ];
        return named.Length == 0
            ? new(CheckCatalog.ReservedMemory, CheckStatus.Ok, "none for devices behind root ports", "")
            : new(
                CheckCatalog.ReservedMemory,
                CheckStatus.Warn,
                $"the firmware wants {string.Join(", ", named.Take(4))}{(named.Length > 4 ? ", ..." : "")} to reach memory of its own; no partition can own the IOMMU unit above",
                "Switch the firmware feature off that needs it (USB legacy support, remote management), or grant other devices.");
    }

    public static CheckLine Buses(BusGrants grants)
    {
        BusCandidate[] able = [.. grants.Candidates.Where(grants.CanGrant)];
        if (able.Length > 0)
        {
            return new(CheckCatalog.Buses, CheckStatus.Ok, string.Join(", ", able.Select(bus => $"{bus.Buses} ({string.Join(", ", bus.Functions)})")), "");
        }

        BusCandidate[] behind = [.. grants.Candidates.Where(candidate => candidate.Port is not null && candidate.Functions.Count > 0)];
        BusCandidate? nearest = behind.MinBy(bus => bus.Reasons.Count(reason => reason.Refuses));
        return new(
            CheckCatalog.Buses,
            CheckStatus.Warn,
            behind.Length == 0
                ? "no device lies behind a root port of its own"
                : $"none: {string.Join("; ", behind.Select(bus => $"{bus.Buses} ({string.Join(", ", bus.Reasons.Where(reason => reason.Refuses).Select(reason => reason.Id))})"))}",
            nearest is null
                ? "Plug a device into a slot behind a PCI Express root port; partitions without devices can be started."
                : $"For {nearest.Buses}, which lacks least: {string.Join(' ', nearest.Reasons.Where(reason => reason.Refuses).Select(reason => reason.Remedy))}");
    }

    private static string? WhyNoTables(MachineTopology machine) => machine.WhyUnread(Tables + "DMAR") ?? machine.WhyUnread(Tables + "IVRS");
}
