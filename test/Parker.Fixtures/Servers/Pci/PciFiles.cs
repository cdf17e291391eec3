using System.Globalization;
using System.Text;

namespace Parker.Fixtures.Servers.Pci;

/// <summary>Writes what the kernel shows of PCI.</summary>
internal static class PciFiles
{
    private const int DeviceLines = 13;
    private const int BridgeLines = 17;
    private const ulong Memory32 = 0x0004_0200;
    private const ulong Memory64 = 0x0014_220c;
    private const ulong BridgeMemory = 0x0000_0200;
    private const ulong BridgePrefetchable = 0x0010_2201;

    public static void Write(MachineTree tree, ServerPci pci)
    {
        foreach (PciHost host in pci.Hosts)
        {
            WriteBus(tree, host.BusName, host.Path);
        }

        Dictionary<ServerFunction, int> groups = [];
        int interrupt = 60;
        foreach (ServerFunction function in pci.Functions.OrderBy(function => function.Address))
        {
            ServerFunction leader = function.GroupLeader ?? function;
            if (!groups.TryGetValue(leader, out int group))
            {
                groups[leader] = group = groups.Count;
            }

            string folder = function.Path;
            tree.Link($"/sys/bus/pci/devices/{function}", folder);
            tree.Link(folder + "/subsystem", "/sys/bus/pci");
            tree.Link(folder + "/iommu_group", string.Create(CultureInfo.InvariantCulture, $"/sys/kernel/iommu_groups/{group}"));
            tree.Link(string.Create(CultureInfo.InvariantCulture, $"/sys/kernel/iommu_groups/{group}/devices/{function}"), folder);
            WriteFiles(tree, function, folder);
            WriteInterrupts(tree, function.Device, folder, ref interrupt);
            if (function.Buses is (byte secondary, byte subordinate))
            {
                tree.Line(folder + "/secondary_bus_number", Decimal(secondary));
                tree.Line(folder + "/subordinate_bus_number", Decimal(subordinate));
                WriteBus(tree, $"{function.Address.Segment:x4}:{secondary:x2}", folder);
            }
        }
    }

    private static void WriteBus(MachineTree tree, string name, string folder)
    {
        tree.Folder($"{folder}/pci_bus/{name}");
        tree.Link("/sys/class/pci_bus/" + name, $"{folder}/pci_bus/{name}");
    }

    private static void WriteFiles(MachineTree tree, ServerFunction function, string folder)
    {
        PciDevice device = function.Device;
        tree.Line(folder + "/vendor", Hex(device.Vendor, 4));
        tree.Line(folder + "/device", Hex(device.Device, 4));
        tree.Line(folder + "/class", Hex(device.Class, 6));
        tree.Line(folder + "/revision", "0x01");
        tree.Line(folder + "/numa_node", Decimal(function.Host.Node));
        tree.Line(folder + "/power/control", device.Driver == "pcieport" ? "auto" : "on");
        tree.Line(folder + "/power_state", "D0");
        tree.Text(folder + "/resource", Resources(function));
        tree.Bytes(folder + "/config", ConfigSpaceBytes.Of(function));
        if (device.Driver.Length > 0)
        {
            tree.Link(folder + "/driver", "/sys/bus/pci/drivers/" + device.Driver);
        }

        if (device.ResetMethods.Length > 0)
        {
            tree.Line(folder + "/reset_method", device.ResetMethods);
        }

        if (device.Class >> 8 == 0x0300)
        {
            tree.Line(folder + "/boot_vga", function.IsBootVga ? "1" : "0");
        }

        if (device.Link.Width > 0)
        {
            string speed = device.Link.Speed switch { 5 => "32.0 GT/s PCIe", 4 => "16.0 GT/s PCIe", 3 => "8.0 GT/s PCIe", _ => "5.0 GT/s PCIe" };
            tree.Line(folder + "/max_link_speed", speed);
            tree.Line(folder + "/current_link_speed", speed);
            tree.Line(folder + "/max_link_width", Decimal(device.Link.Width));
            tree.Line(folder + "/current_link_width", Decimal(device.Link.Width));
        }

        if (device.MaxVirtualFunctions > 0)
        {
            tree.Line(folder + "/sriov_totalvfs", Decimal(device.MaxVirtualFunctions));
            tree.Line(folder + "/sriov_numvfs", Decimal(function.VirtualFunctions.Count));
            for (int index = 0; index < function.VirtualFunctions.Count; index++)
            {
                tree.Link(folder + "/virtfn" + Decimal(index), function.VirtualFunctions[index].Path);
            }
        }

        if (function.PhysicalFunction is ServerFunction physical)
        {
            tree.Link(folder + "/physfn", physical.Path);
        }
    }

    private static void WriteInterrupts(MachineTree tree, PciDevice device, string folder, ref int interrupt)
    {
        if (device.Driver.Length > 0 && (device.HasMsi || device.MsixVectors > 0))
        {
            tree.Line(folder + "/msi_irqs/" + Decimal(interrupt), device.MsixVectors > 0 ? "msix" : "msi");
            interrupt += Math.Max(1, device.MsixVectors);
        }
    }

    // A line for each resource: first, last, flags (include/linux/ioport.h).
    private static string Resources(ServerFunction function)
    {
        (ulong First, ulong Last, ulong Flags)[] lines = new (ulong, ulong, ulong)[function.Windows is null ? DeviceLines : BridgeLines];
        foreach (ServerBar bar in function.Bars)
        {
            lines[bar.Index] = (bar.First, bar.First + bar.Length - 1, bar.Is64Bit ? Memory64 : Memory32);
        }

        if (function.Windows is (AddressWindow low, AddressWindow high))
        {
            lines[14] = (low.First, low.Last, BridgeMemory);
            lines[15] = (high.First, high.Last, BridgePrefetchable);
        }

        StringBuilder text = new();
        foreach ((ulong first, ulong last, ulong flags) in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"0x{first:x16} 0x{last:x16} 0x{flags:x16}\n");
        }

        return text.ToString();
    }

    private static string Hex(uint value, int digits) => "0x" + value.ToString("x" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Decimal(int value) => value.ToString(CultureInfo.InvariantCulture);
}
