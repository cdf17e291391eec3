using System.Globalization;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads one function from its folder in <c>/sys/bus/pci/devices</c>, each file once.</summary>
internal sealed class PciFunctionReader(SourceReader reader)
{
    private const byte CapabilityMsi = 0x05;
    private const byte CapabilityPciExpress = 0x10;
    private const byte CapabilityMsix = 0x11;
    private const byte CapabilityAdvancedFeatures = 0x13;
    private const ushort ExtendedAcs = 0x0d;
    private const ushort ExtendedAri = 0x0e;
    private const ushort ExtendedSriov = 0x10;

    /// <summary>The functions whose capabilities could not be seen, because configuration space was cut off.</summary>
    public int Truncated { get; private set; }

    /// <summary>Reads a function; null, and reported, where not even its IDs can be read.</summary>
    /// <param name="address">The function.</param>
    /// <param name="folder">Its folder without a slash at the end.</param>
    public PciFunction? Read(PciAddress address, string folder)
    {
        HashSet<string> names = [.. reader.Names(folder)];
        PciConfigSpace config = new(names.Contains("config") && reader.TryBytes(folder + "/config", out byte[] bytes) ? bytes : []);
        if (Number(folder, names, "vendor", ushort.MaxValue) is not uint vendor
            || Number(folder, names, "device", ushort.MaxValue) is not uint device
            || Number(folder, names, "class", 0xffffff) is not uint classCode)
        {
            if (!config.HasHeader || config.Vendor == ushort.MaxValue)
            {
                reader.Diagnostics.Warning("TOPO101", folder, "Vendor, device and class of the PCI function cannot be read; it is left out.");
                return null;
            }

            (vendor, device, classCode) = (config.Vendor, config.Device, config.Class);
        }

        if (config.IsBroken)
        {
            reader.Diagnostics.Warning("TOPO103", folder + "/config", "The list of capabilities runs in circles or out of configuration space; what follows the break is not known.");
        }

        Truncated += config.HasCapabilityArea ? 0 : 1;
        int express = config.Capability(CapabilityPciExpress);
        string devicePath = reader.Source.TryReadLink(folder, out string target) == SourceStatus.Ok ? target : "";
        PciAddress? parent = SysfsDevicePath.ParentFunction(devicePath);
        bool isBridge = classCode >> 8 is 0x0604 or 0x0609 or 0x0607;
        Finding<PcieFunctionType?> type = ReadType(folder, names, config, express, isBridge, isOnRootBus: devicePath.Length > 0 && parent is null);
        string[] interrupts = ReadInterruptKinds(folder, names);
        return new PciFunction
        {
            Address = address,
            Vendor = (ushort)vendor,
            Device = (ushort)device,
            Class = classCode,
            Driver = LinkName(folder, names, "driver") ?? "",
            Node = ReadNode(folder, names),
            Resources = names.Contains("resource") && reader.TryBytes(folder + "/resource", out byte[] lines)
                ? PciResourceReader.Read(folder + "/resource", lines, reader.Diagnostics)
                : [],
            Bridge = isBridge ? ReadBridge(folder, names, config, type) : null,
            HasMsi = ReadMsi(folder, config, CapabilityMsi, interrupts, "msi"),
            HasMsix = ReadMsi(folder, config, CapabilityMsix, interrupts, "msix"),
            ResetMethods = names.Contains("reset_method")
                ? (reader.Text(folder + "/reset_method") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [],
            IommuGroup = int.TryParse(LinkName(folder, names, "iommu_group"), NumberStyles.None, CultureInfo.InvariantCulture, out int group) ? group : null,
            PhysicalFunction = PciAddress.TryParse(LinkName(folder, names, "physfn"), null, out PciAddress physical) ? physical : null,
            VirtualFunctions = ReadVirtualFunctions(folder, names, config),
            Uses = [],
            Parent = parent,
            PcieType = type,
            HasFunctionLevelReset = ReadFunctionLevelReset(folder, config, express),
            HasAcs = ReadExtended(folder, config, ExtendedAcs),
            HasAri = ReadExtended(folder, config, ExtendedAri),
            Command = config.HasHeader ? config.Command : null,
            Link = ReadLink(config, express),
            Slot = ReadSlot(config, express, type.Value),
            PowerControl = reader.Text(folder + "/power/control") ?? "",
            PowerState = names.Contains("power_state") ? reader.Text(folder + "/power_state") ?? "" : "",
            IsBootVga = names.Contains("boot_vga") && reader.Text(folder + "/boot_vga") == "1",
        };
    }

    private static string WhyUnseen(string folder, PciConfigSpace config) =>
        $"{folder}/config: {(config.HasHeader ? "without CAP_SYS_ADMIN it ends after 64 bytes" : "missing, or cannot be read")}";

    // The type from the capability; else from the names of the port's services ("0000:00:1c.0:pcie001"), whose first digit is the type minus 4;
    // else, for a bridge on a root bus that has a PCI Express link, it can only be a root port.
    private static Finding<PcieFunctionType?> ReadType(string folder, HashSet<string> names, PciConfigSpace config, int express, bool isBridge, bool isOnRootBus)
    {
        if (config.HasCapabilityArea)
        {
            return express < 0
                ? new(PcieFunctionType.ConventionalPci, $"{folder}/config: no PCI Express capability")
                : new((PcieFunctionType)((config.Word(express + 2) >> 4) & 0xf), $"{folder}/config: PCI Express capability at 0x{express:x2}");
        }

        string mark = SysfsDevicePath.Name(folder) + ":pcie";
        foreach (string name in names)
        {
            if (name.Length == mark.Length + 3 && name.StartsWith(mark, StringComparison.Ordinal) && name[mark.Length] is >= '0' and <= '9')
            {
                return new((PcieFunctionType)(name[mark.Length] - '0' + (int)PcieFunctionType.RootPort), $"{folder}/{name}");
            }
        }

        return isBridge && isOnRootBus && names.Contains("max_link_speed")
            ? new(PcieFunctionType.RootPort, $"{folder}/max_link_speed: a bridge on a root bus with a PCI Express link")
            : new(null, WhyUnseen(folder, config));
    }

    private PciBridgeFacts? ReadBridge(string folder, HashSet<string> names, PciConfigSpace config, Finding<PcieFunctionType?> type)
    {
        uint? secondary;
        uint? subordinate;
        if (config.HasHeader && (config.IsBridge || config.IsCardBusBridge))
        {
            (secondary, subordinate) = (config.Secondary, config.Subordinate);
        }
        else
        {
            secondary = Number(folder, names, "secondary_bus_number", byte.MaxValue);
            subordinate = Number(folder, names, "subordinate_bus_number", byte.MaxValue);
        }

        if (secondary is null or 0 || subordinate is null)
        {
            reader.Diagnostics.Note("TOPO104", folder, "The bridge has no bus numbers: nothing behind it can be reached.");
            return null;
        }

        if (subordinate < secondary)
        {
            reader.Diagnostics.Warning("TOPO104", folder, $"The bridge's buses run from {secondary:x2} to {subordinate:x2}, which cannot be; it is taken as a bridge without buses.");
            return null;
        }

        return new PciBridgeFacts((byte)secondary, (byte)subordinate, type.Value == PcieFunctionType.RootPort);
    }

    private int? ReadNode(string folder, HashSet<string> names) =>
        names.Contains("numa_node") && reader.Integer(folder + "/numa_node") is int node && node >= 0 ? node : null;

    // /sys/bus/pci/devices/X/msi_irqs holds a file for each interrupt in use, which says "msi" or "msix".
    private string[] ReadInterruptKinds(string folder, HashSet<string> names)
    {
        if (!names.Contains("msi_irqs"))
        {
            return [];
        }

        // One is enough: a function uses either MSI or MSI-X.
        IReadOnlyList<string> interrupts = reader.Names(folder + "/msi_irqs");
        return interrupts.Count > 0 && reader.Text($"{folder}/msi_irqs/{interrupts[0]}") is string kind ? [kind] : [];
    }

    private static Finding<bool?> ReadMsi(string folder, PciConfigSpace config, byte capability, string[] interrupts, string kind)
    {
        if (config.HasCapabilityArea)
        {
            int at = config.Capability(capability);
            return at >= 0
                ? new(true, $"{folder}/config: capability 0x{capability:x2} at 0x{at:x2}")
                : config.IsBroken
                    ? new(null, $"{folder}/config: the list of capabilities is broken")
                    : new(false, $"{folder}/config: no capability 0x{capability:x2}");
        }

        return interrupts.Contains(kind)
            ? new(true, $"{folder}/msi_irqs: in use")
            : new(null, WhyUnseen(folder, config));
    }

    private static Finding<bool?> ReadFunctionLevelReset(string folder, PciConfigSpace config, int express)
    {
        if (!config.HasCapabilityArea)
        {
            return new(null, WhyUnseen(folder, config));
        }

        // Device Capabilities bit 28; or, for functions of a root complex, Advanced Features bit 1.
        int advanced = config.Capability(CapabilityAdvancedFeatures);
        bool has = (express >= 0 && (config.Long(express + 4) & (1 << 28)) != 0) || (advanced >= 0 && (config.Word(advanced + 3) & 2) != 0);
        return new(has, has ? $"{folder}/config: function level reset" : $"{folder}/config: no function level reset");
    }

    private static Finding<bool?> ReadExtended(string folder, PciConfigSpace config, ushort capability)
    {
        if (!config.HasCapabilityArea)
        {
            return new(null, WhyUnseen(folder, config));
        }

        int at = config.ExtendedCapability(capability);
        return at >= 0
            ? new(true, $"{folder}/config: extended capability 0x{capability:x4} at 0x{at:x3}")
            : new(false, config.HasExtendedArea ? $"{folder}/config: no extended capability 0x{capability:x4}" : $"{folder}/config: no extended configuration space");
    }

    private (int Enabled, int Total) ReadVirtualFunctions(string folder, HashSet<string> names, PciConfigSpace config)
    {
        if (names.Contains("sriov_totalvfs"))
        {
            uint? total = Number(folder, names, "sriov_totalvfs", ushort.MaxValue);
            uint? enabled = Number(folder, names, "sriov_numvfs", ushort.MaxValue);
            return ((int)(enabled ?? 0), (int)(total ?? 0));
        }

        // SR-IOV capability: control at 8 (bit 0: enabled), TotalVFs at 0x0e, NumVFs at 0x10.
        int at = config.ExtendedCapability(ExtendedSriov);
        return at < 0 ? (0, 0) : ((config.Word(at + 8) & 1) != 0 ? config.Word(at + 0x10) : 0, config.Word(at + 0x0e));
    }

    // Link Status is at 0x12: speed in bits 3:0, width in bits 9:4.
    private static PcieLink? ReadLink(PciConfigSpace config, int express)
    {
        int status = express >= 0 ? config.Word(express + 0x12) : 0;
        int width = (status >> 4) & 0x3f;
        return width == 0 ? null : new PcieLink(status & 0xf, width);
    }

    // Slot Capabilities at 0x14 (bit 5 surprise, bit 6 hot-plug capable, number in 31:19) hold where a port says in its capabilities register (bit 8) that it has a slot.
    private static PcieSlot? ReadSlot(PciConfigSpace config, int express, PcieFunctionType? type)
    {
        if (express < 0 || type is not (PcieFunctionType.RootPort or PcieFunctionType.SwitchDownstreamPort) || (config.Word(express + 2) & 0x100) == 0)
        {
            return null;
        }

        uint slot = config.Long(express + 0x14);
        return new PcieSlot((int)(slot >> 19), HotPlugCapable: (slot & 0x40) != 0, HotPlugSurprise: (slot & 0x20) != 0);
    }

    private string? LinkName(string folder, HashSet<string> names, string name) =>
        names.Contains(name) && reader.Source.TryReadLink($"{folder}/{name}", out string target) == SourceStatus.Ok ? SysfsDevicePath.Name(target) : null;

    // Hexadecimal with 0x, else decimal; null where it is not there or, reported, no such number.
    private uint? Number(string folder, HashSet<string> names, string name, uint max)
    {
        string path = $"{folder}/{name}";
        if (!names.Contains(name) || !reader.TryBytes(path, out byte[] content))
        {
            return null;
        }

        string text = SourceReader.TextOf(content);
        bool parsed = text.StartsWith("0x", StringComparison.Ordinal)
            ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value)
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!parsed || value > max)
        {
            reader.Odd(path, content, string.Create(CultureInfo.InvariantCulture, $"a number up to {max}"));
            return null;
        }

        return value;
    }
}
