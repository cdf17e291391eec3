namespace Parker.Machine.Topology;

/// <summary>One PCI function.</summary>
public sealed record PciFunction
{
    /// <summary>Where it is.</summary>
    public required PciAddress Address { get; init; }

    /// <summary>Vendor ID.</summary>
    public required ushort Vendor { get; init; }

    /// <summary>Device ID.</summary>
    public required ushort Device { get; init; }

    /// <summary>Class code, 24 bits: base class, subclass, programming interface.</summary>
    public required uint Class { get; init; }

    /// <summary>The Boot Kernel driver bound to it; empty where none.</summary>
    public required string Driver { get; init; }

    /// <summary>NUMA node; null where the firmware does not tell.</summary>
    public required int? Node { get; init; }

    /// <summary>BARs and, of a bridge, windows, as sysfs <c>resource</c> lists them; only those in use.</summary>
    public required IReadOnlyList<PciResource> Resources { get; init; }

    /// <summary>Of a bridge: its bus numbers. Null for others.</summary>
    public required PciBridgeFacts? Bridge { get; init; }

    /// <summary>Whether it has the MSI capability.</summary>
    public required Finding<bool?> HasMsi { get; init; }

    /// <summary>Whether it has the MSI-X capability.</summary>
    public required Finding<bool?> HasMsix { get; init; }

    /// <summary>The reset methods the kernel knows (<c>flr</c>, <c>pm</c>, <c>bus</c>), in its order; empty where none.</summary>
    public required IReadOnlyList<string> ResetMethods { get; init; }

    /// <summary>The IOMMU group; null where there is none.</summary>
    public required int? IommuGroup { get; init; }

    /// <summary>The physical function of a virtual one (SR-IOV); null for others.</summary>
    public required PciAddress? PhysicalFunction { get; init; }

    /// <summary>Virtual functions in use and possible; (0, 0) for a function without SR-IOV.</summary>
    public required (int Enabled, int Total) VirtualFunctions { get; init; }

    /// <summary>What in the Boot Kernel uses it: mounted file systems, swap, volumes, network interfaces that are up, the console.</summary>
    public required IReadOnlyList<PciUse> Uses { get; init; }

    /// <summary>The bridge right above; null on a root bus.</summary>
    public PciAddress? Parent { get; init; }

    /// <summary>What the function is on the PCI Express fabric.</summary>
    public Finding<PcieFunctionType?> PcieType { get; init; } = new(null, "not read");

    /// <summary>Whether it has function level reset (Device Capabilities bit 28).</summary>
    public Finding<bool?> HasFunctionLevelReset { get; init; } = new(null, "not read");

    /// <summary>Whether it has the Access Control Services capability.</summary>
    public Finding<bool?> HasAcs { get; init; } = new(null, "not read");

    /// <summary>Whether it has the Alternative Routing-ID capability.</summary>
    public Finding<bool?> HasAri { get; init; } = new(null, "not read");

    /// <summary>The command register (configuration space, offset 4); null where configuration space cannot be read.</summary>
    public ushort? Command { get; init; }

    /// <summary>The link below a port, or above an endpoint; null where there is none, it is down, or it cannot be read.</summary>
    public PcieLink? Link { get; init; }

    /// <summary>The slot of a port; null where it has none or it cannot be read.</summary>
    public PcieSlot? Slot { get; init; }

    /// <summary>The kernel's runtime power policy from <c>power/control</c>: <c>on</c> or <c>auto</c>; empty where unknown.</summary>
    public string PowerControl { get; init; } = "";

    /// <summary>The power state from <c>power_state</c>, such as <c>D0</c> or <c>D3hot</c>; empty where unknown.</summary>
    public string PowerState { get; init; } = "";

    /// <summary>Whether the firmware started with it as the display (<c>boot_vga</c>).</summary>
    public bool IsBootVga { get; init; }

    /// <summary>Whether the class says that it is a bridge to other PCI buses (0x0604, 0x0609), configured or not.</summary>
    public bool IsPciBridge => Class >> 8 is 0x0604 or 0x0609;
}
