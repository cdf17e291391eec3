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
}

/// <summary>The bus numbers of a bridge.</summary>
/// <param name="Secondary">The bus right behind it.</param>
/// <param name="Subordinate">The highest bus behind it.</param>
/// <param name="IsRootPort">Whether it is a PCI Express root port (device/port type 4).</param>
public sealed record PciBridgeFacts(byte Secondary, byte Subordinate, bool IsRootPort);

/// <summary>A BAR or a bridge window.</summary>
/// <param name="Index">The line of sysfs <c>resource</c>: 0 to 5 BARs, 6 ROM, 13 and up (7 and up without SR-IOV) bridge windows.</param>
/// <param name="Range">Host-physical for memory; port numbers for I/O.</param>
/// <param name="IsIo">I/O ports rather than memory.</param>
/// <param name="IsPrefetchable">Prefetchable memory.</param>
/// <param name="Is64Bit">A 64-bit BAR or window.</param>
public sealed record PciResource(int Index, PhysicalRange Range, bool IsIo, bool IsPrefetchable, bool Is64Bit);

/// <summary>How the Boot Kernel uses a function.</summary>
public enum PciUseKind
{
    /// <summary>A file system on it is mounted.</summary>
    Mount,

    /// <summary>Swap is on it.</summary>
    Swap,

    /// <summary>It is a member of an LVM, device-mapper or RAID volume.</summary>
    Volume,

    /// <summary>A network interface on it is up.</summary>
    NetworkInterface,

    /// <summary>It drives the console.</summary>
    Console,
}

/// <summary>One use.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Detail">What exactly, such as <c>/dev/nvme0n1p2 on /</c> or <c>eth0 (up)</c>.</param>
public sealed record PciUse(PciUseKind Kind, string Detail);
