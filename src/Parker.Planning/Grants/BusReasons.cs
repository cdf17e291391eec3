using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Grants;

/// <summary>The single judgements about buses; each gives what stands in the way, or nothing.</summary>
internal static class BusReasons
{
    private const int RomLine = 6;

    public static GrantReason OnRootBus(PciBusRange buses, IReadOnlyList<PciAddress> devices) => Refuse(
        GrantReasonId.NotBehindRootPort,
        devices,
        devices.Count == 0
            ? $"Bus {buses} is a root bus, which holds the ports that stay the Boot Kernel's."
            : $"On root bus {buses}, not behind a root port of their own: {List(devices)}. A grant is all buses behind one root port.",
        "Use a device in a slot behind a PCI Express root port.");

    public static GrantReason? Port(PciFunction port, PciBusRange buses) =>
        port.Bridge!.IsRootPort ? null : Refuse(
            GrantReasonId.NotBehindRootPort,
            [],
            port.PcieType.IsKnown
                ? $"Buses {buses} lie behind {port.Address}, which is a bridge, but no PCI Express root port ({port.PcieType.Value}; {port.PcieType.Evidence})."
                : $"Whether {port.Address} above buses {buses} is a PCI Express root port is not known ({port.PcieType.Evidence}).",
            port.PcieType.IsKnown ? "Use a device in a slot behind a PCI Express root port." : "Run as root.");

    public static GrantReason? Empty(PciFunction port, IReadOnlyList<PciFunction> devices) =>
        devices.Count > 0 ? null : Refuse(GrantReasonId.NothingBehind, [], $"There is no device behind {port.Address}.", "Plug one in, and rescan the bus or restart the machine.");

    public static GrantReason Overlap(PciFunction port, PciBusRange buses) => Refuse(
        GrantReasonId.BusesOverlap,
        [],
        $"{port.Address} claims buses {buses}, and another port or a root bus claims some of them too, so that it is not known what lies behind it.",
        "Let the kernel number the buses anew (pci=assign-busses), or update the firmware.");

    public static IEnumerable<GrantReason> Uses(PciFacts pci, IReadOnlyList<PciFunction> functions)
    {
        PciFunction[] used = [.. functions.Where(function => function.Uses.Count > 0)];
        if (used.Length > 0)
        {
            string uses = string.Join("; ", used.Select(function => $"{function.Address}: {string.Join(", ", function.Uses.Select(use => $"{Name(use.Kind)} {use.Detail}"))}"));
            yield return Refuse(GrantReasonId.InUse, Addresses(used), $"The Boot Kernel uses {uses}.", Remedies(used));
            PciFunction[] others = [.. functions.Where(function => function.Uses.Count == 0 && !function.IsPciBridge)];
            if (others.Length > 0)
            {
                yield return Refuse(
                    GrantReasonId.SharedWithUsed,
                    Addresses(others),
                    $"All functions behind a root port go together, and on the buses of {List(Addresses(others))} the Boot Kernel uses {List(Addresses(used))}.",
                    $"Free {List(Addresses(used))}, or move one of the devices to another slot.");
            }
        }

        // A function without a driver cannot be in use.
        PciFunction[] perhaps = [.. functions.Where(function => function.Uses.Count == 0 && !function.IsPciBridge && pci.UnseenUses.Any(unseen => CanBe(function, unseen.Kind)))];
        if (perhaps.Length > 0)
        {
            yield return Refuse(
                GrantReasonId.UseUnknown,
                Addresses(perhaps),
                $"Whether the Boot Kernel uses {List(Addresses(perhaps))} is not known: {string.Join("; ", pci.UnseenUses.Select(unseen => unseen.Why))}.",
                $"Run as root; or, if it is free, unbind its driver (echo {perhaps[0].Address} > /sys/bus/pci/devices/{perhaps[0].Address}/driver/unbind).");
        }
    }

    public static GrantReason NoEcam(PciFacts pci, PciBusRange buses) => Refuse(
        GrantReasonId.NoEcam,
        [],
        pci.Ecam.Count == 0
            ? "No memory-mapped configuration space (ECAM) is known: there is no MCFG table, or it could not be read."
            : $"No memory-mapped configuration space (ECAM) covers buses {buses}; the MCFG table has {string.Join(", ", pci.Ecam.Select(range => range.Buses))}.",
        pci.Ecam.Count == 0 ? "Run as root; switch memory-mapped configuration on in the firmware's setup." : "Use a device on one of those buses; segments made by the kernel itself (VMD) have none.");

    public static IEnumerable<GrantReason> Interrupts(IReadOnlyList<PciFunction> devices)
    {
        PciFunction[] without = [.. devices.Where(function => function.HasMsi.Value == false && function.HasMsix.Value == false)];
        if (without.Length > 0)
        {
            yield return Refuse(
                GrantReasonId.NoMsi,
                Addresses(without),
                $"Neither MSI nor MSI-X: {List(Addresses(without))}. A partition has no I/O APIC, so interrupt lines (INTx) cannot reach it.",
                "Use a device with MSI or MSI-X, which every PCI Express device since 2004 should have.");
        }

        PciFunction[] unknown = [.. devices.Where(function => function.HasMsi.Value != true && function.HasMsix.Value != true && !without.Contains(function))];
        if (unknown.Length > 0)
        {
            yield return Refuse(
                GrantReasonId.MsiUnknown,
                Addresses(unknown),
                $"Whether {List(Addresses(unknown))} has MSI or MSI-X is not known ({unknown[0].HasMsi.Evidence}).",
                "Run as root.");
        }
    }

    public static GrantReason? Windows(PciFunction port, IReadOnlyList<PciWindow> windows, IReadOnlyList<PciFunction> functions)
    {
        if (windows.GroupBy(window => window.IsPrefetchable).Any(kind => kind.Count() > 1))
        {
            return Refuse(GrantReasonId.WindowUnknown, [], $"{port.Address} shows more than one memory window of a kind ({string.Join(", ", windows.Select(window => window.Range))}).", "Report it with 'parker capture'.");
        }

        // Windows of bridges below lie within the port's by their nature; the ROM is not decoded unless someone reads it.
        PciFunction[] outside =
        [
            .. functions.Where(function => function.Resources.Any(resource =>
                !resource.IsIo
                && resource.Index != RomLine
                && (resource.Index < RomLine || !function.IsPciBridge)
                && !windows.Any(window => window.Range.Contains(resource.Range)))),
        ];
        return outside.Length == 0 ? null : Refuse(
            GrantReasonId.WindowUnknown,
            Addresses(outside),
            $"Memory of {List(Addresses(outside))} does not lie in a memory window of {port.Address} ({(windows.Count == 0 ? "it has none" : string.Join(", ", windows.Select(window => window.Range)))}), so that the partition cannot be told where it is.",
            "Let the kernel assign the windows anew (pci=realloc), or update the firmware.");
    }

    public static GrantReason? IoPorts(IReadOnlyList<PciFunction> devices)
    {
        PciFunction[] only = [.. devices.Where(function => function.Resources.Any(resource => resource.IsIo) && !function.Resources.Any(resource => !resource.IsIo && resource.Index != RomLine))];
        return only.Length == 0 ? null : Refuse(
            GrantReasonId.OnlyIoPorts,
            Addresses(only),
            $"Reached by I/O ports only: {List(Addresses(only))}. A partition gets no I/O ports of a PCI device.",
            "Use a device with memory BARs.");
    }

    public static GrantReason? Virtual(IReadOnlyList<PciFunction> functions)
    {
        PciFunction[] switched = [.. functions.Where(function => function.VirtualFunctions.Enabled > 0 || function.PhysicalFunction is not null)];
        if (switched.Length == 0)
        {
            return null;
        }

        IEnumerable<PciAddress> physical = switched.Select(function => function.PhysicalFunction ?? function.Address).Distinct().Order();
        return Refuse(
            GrantReasonId.VirtualFunctions,
            Addresses(switched),
            $"Virtual functions of {List([.. physical])} are switched on; they belong to the Boot Kernel's driver and vanish with it.",
            string.Join("; ", physical.Select(function => $"echo 0 > /sys/bus/pci/devices/{function}/sriov_numvfs")) + "; the partition can switch its own on.");
    }

    public static GrantReason? Remapping(InterruptFacts interrupts) => interrupts.Remapping.Value switch
    {
        false => null,
        true => Refuse(
            GrantReasonId.RemappingOn,
            [],
            $"The Boot Kernel has interrupt remapping on ({interrupts.Remapping.Evidence}); hardware then blocks the interrupts (MSI) that a partition without an IOMMU unit of its own sets up.",
            "Boot with intremap=off (and iomem=relaxed: on metal the kernel then falls back to xAPIC mode), or with the unit above the device left out of the Boot Kernel's tables so that the partition can own it.") with
        {
            OnlyWithoutUnit = true,
        },
        null => Refuse(
            GrantReasonId.RemappingUnknown,
            [],
            $"Whether the Boot Kernel has interrupt remapping on is not known ({interrupts.Remapping.Evidence}); with it, hardware blocks the partition's interrupts.",
            "Run as root, or boot with intremap=off.") with
        {
            OnlyWithoutUnit = true,
        },
    };

    public static GrantReason? Translated(KernelFacts kernel, IReadOnlyList<PciFunction> devices, IReadOnlyList<IommuUnit> units)
    {
        // The kernel puts a function in a group when it drives the unit above it.
        PciFunction[] grouped = [.. devices.Where(function => function.IommuGroup is not null)];
        if (grouped.Length == 0 || BootKernelIommu.PassesAddressesThrough(kernel))
        {
            return null;
        }

        string names = string.Join(", ", units.Select(unit => unit.BootKernelName).Where(name => name.Length > 0));
        return Refuse(
            GrantReasonId.Translated,
            Addresses(grouped),
            $"The Boot Kernel translates the DMA addresses of {List(Addresses(grouped))} (group {grouped[0].IommuGroup}{(names.Length == 0 ? "" : ", unit " + names)}), so that physical addresses of a partition would be blocked.",
            "Boot with iommu=pt, or with intel_iommu=off (amd_iommu=off).") with
        {
            OnlyWithoutUnit = true,
        };
    }

    public static GrantReason? Reset(IReadOnlyList<PciFunction> devices)
    {
        PciFunction[] without = [.. devices.Where(function => function.ResetMethods.Count == 0)];
        return without.Length == 0 ? null : new GrantReason(
            GrantReasonId.NoReset,
            DiagnosticSeverity.Warning,
            Addresses(without),
            $"The kernel knows no way to reset {List(Addresses(without))}: when the partition dies, only its bus mastering can be switched off, and the device may come back in a bad state.",
            "Prefer a device with function level reset.");
    }

    private static GrantReason Refuse(string id, IReadOnlyList<PciAddress> functions, string seen, string remedy) => new(id, DiagnosticSeverity.Error, functions, seen, remedy);

    private static PciAddress[] Addresses(IEnumerable<PciFunction> functions) => [.. functions.Select(function => function.Address)];

    // Three names say which ones are meant; forty virtual functions would bury the sentence.
    private static string List(IReadOnlyList<PciAddress> functions) =>
        functions.Count <= 3 ? string.Join(", ", functions) : $"{string.Join(", ", functions.Take(2))} and {functions.Count - 2} more functions";

    // USB controllers (0c03) can carry disks, network interfaces and consoles.
    private static bool CanBe(PciFunction function, PciUseKind kind)
    {
        uint baseClass = function.Class >> 16;
        return function.Driver.Length > 0 && (function.Class >> 8 == 0x0c03 || kind switch
        {
            PciUseKind.NetworkInterface => baseClass is 0x02 or 0x0c or 0x0d,
            PciUseKind.Console => baseClass is 0x03 or 0x07,
            _ => baseClass is 0x01 or 0x02 or 0x05 or 0x0c,
        });
    }

    private static string Name(PciUseKind kind) => kind switch
    {
        PciUseKind.Mount => "mounted",
        PciUseKind.Swap => "swap",
        PciUseKind.Volume => "volume member",
        PciUseKind.NetworkInterface => "network interface",
        _ => "console",
    };

    private static string Remedies(IEnumerable<PciFunction> used)
    {
        IEnumerable<string> remedies = used.SelectMany(function => function.Uses).Select(use => use.Kind).Distinct().Order().Select(kind => kind switch
        {
            PciUseKind.Mount => "Unmount the file system (umount).",
            PciUseKind.Swap => "Switch the swap off (swapoff).",
            PciUseKind.Volume => "Take the disk out of its volume (vgreduce, mdadm --remove).",
            PciUseKind.NetworkInterface => "Take the interface down (ip link set dev NAME down).",
            _ => "Boot with the console elsewhere (console=).",
        });
        return string.Join(' ', remedies);
    }
}
