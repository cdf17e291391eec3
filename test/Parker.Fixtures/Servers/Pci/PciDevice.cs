using Parker.Machine.Topology;

namespace Parker.Fixtures.Servers.Pci;

/// <summary>A kind of device that servers have.</summary>
/// <param name="Vendor">Vendor ID.</param>
/// <param name="Device">Device ID.</param>
/// <param name="Class">Class code, 24 bits.</param>
internal sealed record PciDevice(ushort Vendor, ushort Device, uint Class)
{
    /// <summary>The Boot Kernel's driver; empty where none.</summary>
    public string Driver { get; init; } = "";

    public PcieFunctionType Type { get; init; } = PcieFunctionType.Endpoint;

    public bool HasMsi { get; init; }

    public int MsixVectors { get; init; }

    public bool HasFunctionLevelReset { get; init; }

    public bool HasAcs { get; init; }

    public bool HasAri { get; init; }

    /// <summary>As <c>reset_method</c> has it; empty for no such file.</summary>
    public string ResetMethods { get; init; } = "";

    /// <summary>The link's speed code and width; (0, 0) for none.</summary>
    public (int Speed, int Width) Link { get; init; }

    /// <summary>The BARs' sizes; from 64 KiB on 64-bit ones.</summary>
    public IReadOnlyList<ulong> BarSizes { get; init; } = [];

    /// <summary>What its virtual functions are; null where it cannot have any.</summary>
    public PciDevice? VirtualFunction { get; init; }

    public int MaxVirtualFunctions { get; init; }

    /// <summary>How far the first virtual function's number is from its own.</summary>
    public int FirstVirtualFunction { get; init; }
}
