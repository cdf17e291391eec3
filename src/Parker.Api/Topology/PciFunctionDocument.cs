using System.Globalization;
using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>One PCI function.</summary>
public sealed record PciFunctionDocument
{
    /// <summary>Where it is: <c>0000:01:00.0</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Vendor ID, four hexadecimal digits.</summary>
    public required string Vendor { get; init; }

    /// <summary>Device ID, four hexadecimal digits.</summary>
    public required string Device { get; init; }

    /// <summary>Class code, six hexadecimal digits.</summary>
    public required string Class { get; init; }

    /// <summary>The Boot Kernel's driver; null where none is bound.</summary>
    public required string? Driver { get; init; }

    /// <summary>The NUMA node; null where the firmware does not tell.</summary>
    public required int? Node { get; init; }

    /// <summary>The bridge right above; null on a root bus.</summary>
    public required string? Parent { get; init; }

    /// <summary>Of a bridge: its bus numbers.</summary>
    public required PciBridgeDocument? Bridge { get; init; }

    /// <summary>What it is on the PCI Express fabric: <c>endpoint</c>, <c>root_port</c>, <c>conventional_pci</c> and so on.</summary>
    public required FactDocument<string> PcieType { get; init; }

    /// <summary>BARs and windows in use.</summary>
    public required IReadOnlyList<PciResourceDocument> Resources { get; init; }

    /// <summary>Whether it has the MSI capability.</summary>
    public required FactDocument<bool?> HasMsi { get; init; }

    /// <summary>Whether it has the MSI-X capability.</summary>
    public required FactDocument<bool?> HasMsix { get; init; }

    /// <summary>Whether it has function level reset.</summary>
    public required FactDocument<bool?> HasFunctionLevelReset { get; init; }

    /// <summary>Whether it has Access Control Services.</summary>
    public required FactDocument<bool?> HasAcs { get; init; }

    /// <summary>Whether it has Alternative Routing-ID interpretation.</summary>
    public required FactDocument<bool?> HasAri { get; init; }

    /// <summary>The reset methods the kernel knows, in its order.</summary>
    public required IReadOnlyList<string> ResetMethods { get; init; }

    /// <summary>The IOMMU group; null where there is none.</summary>
    public required int? IommuGroup { get; init; }

    /// <summary>The physical function of a virtual one; null for others.</summary>
    public required string? PhysicalFunction { get; init; }

    /// <summary>Virtual functions in use.</summary>
    public required int VirtualFunctionsEnabled { get; init; }

    /// <summary>Virtual functions possible.</summary>
    public required int VirtualFunctionsTotal { get; init; }

    /// <summary>The command register, hexadecimal; null where it cannot be read.</summary>
    public required string? Command { get; init; }

    /// <summary>The link's generation (3 for 8 GT/s); null where there is none.</summary>
    public required int? LinkGeneration { get; init; }

    /// <summary>The link's lanes in use; null where there is none.</summary>
    public required int? LinkWidth { get; init; }

    /// <summary>The slot's number; null where the port has none.</summary>
    public required int? Slot { get; init; }

    /// <summary>Whether the slot can be hot-plugged; null where the port has none.</summary>
    public required bool? SlotHotPlug { get; init; }

    /// <summary>The kernel's runtime power policy, <c>on</c> or <c>auto</c>; null where unknown.</summary>
    public required string? PowerControl { get; init; }

    /// <summary>The power state, such as <c>D0</c>; null where unknown.</summary>
    public required string? PowerState { get; init; }

    /// <summary>Whether the firmware started with it as the display.</summary>
    public required bool IsBootVga { get; init; }

    /// <summary>What in the Boot Kernel uses it.</summary>
    public required IReadOnlyList<PciUseDocument> Uses { get; init; }

    internal static PciFunctionDocument Of(PciFunction function) => new()
    {
        Address = function.Address.ToString(),
        Vendor = function.Vendor.ToString("x4", CultureInfo.InvariantCulture),
        Device = function.Device.ToString("x4", CultureInfo.InvariantCulture),
        Class = function.Class.ToString("x6", CultureInfo.InvariantCulture),
        Driver = NullIfEmpty(function.Driver),
        Node = function.Node,
        Parent = function.Parent?.ToString(),
        Bridge = PciBridgeDocument.Of(function.Bridge),
        PcieType = Facts.OfName(function.PcieType),
        Resources = [.. function.Resources.Where(resource => !resource.Range.IsEmpty).Select(PciResourceDocument.Of)],
        HasMsi = Facts.Of(function.HasMsi),
        HasMsix = Facts.Of(function.HasMsix),
        HasFunctionLevelReset = Facts.Of(function.HasFunctionLevelReset),
        HasAcs = Facts.Of(function.HasAcs),
        HasAri = Facts.Of(function.HasAri),
        ResetMethods = function.ResetMethods,
        IommuGroup = function.IommuGroup,
        PhysicalFunction = function.PhysicalFunction?.ToString(),
        VirtualFunctionsEnabled = function.VirtualFunctions.Enabled,
        VirtualFunctionsTotal = function.VirtualFunctions.Total,
        Command = function.Command is ushort command ? string.Create(CultureInfo.InvariantCulture, $"0x{command:x4}") : null,
        LinkGeneration = function.Link?.Generation,
        LinkWidth = function.Link?.Width,
        Slot = function.Slot?.Number,
        SlotHotPlug = function.Slot?.HotPlugCapable,
        PowerControl = NullIfEmpty(function.PowerControl),
        PowerState = NullIfEmpty(function.PowerState),
        IsBootVga = function.IsBootVga,
        Uses = [.. function.Uses.Select(PciUseDocument.Of)],
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
