using Parker.Machine.Topology;

namespace Parker.Fixtures.Servers.Pci;

/// <summary>Devices that the made-up servers have; IDs, sizes and capabilities as these devices are publicly known to have them.</summary>
internal static class Devices
{
    /// <summary>Samsung PM9A3.</summary>
    public static PciDevice SamsungNvme { get; } = Nvme(0x144d, 0xa80a, 4, 129);

    /// <summary>Solidigm D7-P5520.</summary>
    public static PciDevice SolidigmNvme { get; } = Nvme(0x8086, 0x0b60, 4, 129);

    /// <summary>A function of an NVIDIA ConnectX-6 Dx.</summary>
    public static PciDevice ConnectX6 { get; } = new(0x15b3, 0x101d, 0x020000)
    {
        Driver = "mlx5_core",
        HasMsi = false,
        MsixVectors = 64,
        HasFunctionLevelReset = true,
        HasAri = true,
        ResetMethods = "flr",
        Link = (4, 16),
        BarSizes = [32UL << 20],
        MaxVirtualFunctions = 8,
        FirstVirtualFunction = 2,
        VirtualFunction = new(0x15b3, 0x101e, 0x020000)
        {
            Driver = "mlx5_core",
            MsixVectors = 12,
            HasFunctionLevelReset = true,
            HasAri = true,
            ResetMethods = "flr",
            BarSizes = [1 << 20],
        },
    };

    /// <summary>A function of an Intel E810-C.</summary>
    public static PciDevice IntelE810 { get; } = new(0x8086, 0x1592, 0x020000)
    {
        Driver = "ice",
        HasMsi = true,
        MsixVectors = 1024,
        HasFunctionLevelReset = true,
        HasAri = true,
        HasAcs = true,
        ResetMethods = "flr",
        Link = (4, 16),
        BarSizes = [32UL << 20, 64 << 10],
        MaxVirtualFunctions = 64,
        FirstVirtualFunction = 8,
        VirtualFunction = new(0x8086, 0x1889, 0x020000)
        {
            Driver = "iavf",
            MsixVectors = 17,
            HasFunctionLevelReset = true,
            HasAri = true,
            HasAcs = true,
            ResetMethods = "flr",
            BarSizes = [128 << 10, 64 << 10],
        },
    };

    /// <summary>A function of a Broadcom BCM57416, without link.</summary>
    public static PciDevice BroadcomNic { get; } = new(0x14e4, 0x16d8, 0x020000)
    {
        Driver = "bnxt_en",
        HasMsi = true,
        MsixVectors = 74,
        HasFunctionLevelReset = true,
        HasAri = true,
        ResetMethods = "flr",
        Link = (3, 8),
        BarSizes = [64 << 10, 1 << 20],
    };

    /// <summary>NVIDIA H100 PCIe: resets with its bus only.</summary>
    public static PciDevice H100 { get; } = new(0x10de, 0x2331, 0x030200)
    {
        Driver = "nvidia",
        MsixVectors = 9,
        HasAri = true,
        ResetMethods = "bus",
        Link = (5, 16),
        BarSizes = [16UL << 20, 128UL << 30, 32UL << 20],
    };

    /// <summary>Broadcom SAS3916 RAID controller, which firmware keeps memory for.</summary>
    public static PciDevice MegaRaid { get; } = new(0x1000, 0x10e2, 0x010400)
    {
        Driver = "megaraid_sas",
        HasMsi = true,
        MsixVectors = 128,
        ResetMethods = "bus",
        Link = (4, 8),
        BarSizes = [1 << 20, 1 << 20],
    };

    /// <summary>ASPEED's bridge before its graphics: firmware screens of nearly all servers.</summary>
    public static PciDevice AspeedBridge { get; } = new(0x1a03, 0x1150, 0x060400) { Type = PcieFunctionType.PcieToPciBridge, HasMsi = true, Link = (2, 1) };

    public static PciDevice AspeedVga { get; } = new(0x1a03, 0x2000, 0x030000) { Driver = "ast", Type = PcieFunctionType.ConventionalPci, HasMsi = true, BarSizes = [32 << 10] };

    public static PciDevice SwitchUpstream { get; } = new(0x1000, 0xc030, 0x060400) { Driver = "pcieport", Type = PcieFunctionType.SwitchUpstreamPort, HasMsi = true, Link = (5, 16) };

    public static PciDevice SwitchDownstream { get; } =
        new(0x1000, 0xc030, 0x060400) { Driver = "pcieport", Type = PcieFunctionType.SwitchDownstreamPort, HasMsi = true, HasAcs = true, Link = (5, 16), ResetMethods = "pm bus" };

    /// <summary>A root port.</summary>
    public static PciDevice RootPort(ushort vendor, ushort device, int width, int speed = 5) => new(vendor, device, 0x060400)
    {
        Driver = "pcieport",
        Type = PcieFunctionType.RootPort,
        HasMsi = true,
        HasAcs = true,
        HasAri = true,
        ResetMethods = "pm",
        Link = (speed, width),
    };

    /// <summary>A part of the root complex without a driver that matters.</summary>
    public static PciDevice Integrated(ushort vendor, ushort device, uint classCode, string driver = "") =>
        new(vendor, device, classCode) { Driver = driver, Type = PcieFunctionType.RootComplexEndpoint };

    /// <summary>A part of the root complex that is no PCI Express function.</summary>
    public static PciDevice Plain(ushort vendor, ushort device, uint classCode, string driver = "") =>
        new(vendor, device, classCode) { Driver = driver, Type = PcieFunctionType.ConventionalPci };

    private static PciDevice Nvme(ushort vendor, ushort device, int width, int vectors) => new(vendor, device, 0x010802)
    {
        Driver = "nvme",
        HasMsi = true,
        MsixVectors = vectors,
        HasFunctionLevelReset = true,
        ResetMethods = "flr bus",
        Link = (4, width),
        BarSizes = [64 << 10],
    };
}
