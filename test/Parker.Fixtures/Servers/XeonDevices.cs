using Parker.Fixtures.Servers.Pci;

namespace Parker.Fixtures.Servers;

/// <summary>The devices of <see cref="XeonServer"/>: twelve stacks of root ports, six to a socket.</summary>
internal sealed class XeonDevices
{
    private const ushort Intel = 0x8086;

    // The first bus of each stack; a stack ends where the next one starts.
    private static readonly byte[] Buses = [0x00, 0x15, 0x27, 0x39, 0x4b, 0x5d, 0x80, 0x97, 0xa9, 0xbb, 0xcd, 0xdf];

    private static readonly PciDevice Mesh = Devices.Plain(Intel, 0x09a2, 0x088000);
    private static readonly PciDevice Ras = Devices.Plain(Intel, 0x09a4, 0x088000);
    private static readonly PciDevice Port = Devices.RootPort(Intel, 0x0db0, 16);
    private static readonly PciDevice DrivePort = Devices.RootPort(Intel, 0x0db6, 4);
    private static readonly PciDevice DataStreaming = Devices.Integrated(Intel, 0x0b25, 0x088000, "idxd") with { MsixVectors = 9, HasFunctionLevelReset = true, ResetMethods = "flr", BarSizes = [64 << 10] };
    private static readonly PciDevice Usb = Devices.Plain(Intel, 0x1bcd, 0x0c0330, "xhci_hcd") with { HasMsi = true, BarSizes = [64 << 10] };
    private static readonly PciDevice Lpc = Devices.Plain(Intel, 0x1b81, 0x060100);
    private static readonly PciDevice SmBus = Devices.Plain(Intel, 0x1bc9, 0x0c0500, "i801_smbus");

    private readonly List<ServerFunction> _drives = [];
    private readonly List<ServerFunction> _networks = [];
    private ServerFunction? _screen;
    private ServerFunction? _raid;
    private ServerFunction? _usb;

    /// <summary>The functions that the firmware keeps memory for (RMRR).</summary>
    public IReadOnlyList<ServerFunction> WithReservedMemory => [_usb!, _raid!];

    public static XeonDevices Add(ServerPci pci)
    {
        XeonDevices devices = new();
        PciHost[] hosts = [.. Buses.Select((_, index) => Host(pci, index))];
        devices.AddService(hosts[0]);
        devices.AddNetwork(hosts[1], slot: 1, virtualFunctions: 4);
        devices.AddDrives(hosts[2], 4, slot: 11);
        devices.AddRaid(hosts[3], slot: 2);
        devices.AddDrives(hosts[4], 4, slot: 15);
        hosts[5].Add(1, 0, Port, slot: 3).AsBridge();
        devices.AddNetwork(hosts[7], slot: 4, virtualFunctions: 0);
        devices.AddDrives(hosts[8], 4, slot: 19);
        devices.AddDrives(hosts[9], 4, slot: 23);
        hosts[10].Add(1, 0, Port, slot: 5).AsBridge(24 << 20, 192UL << 30).Add(0, 0, Devices.H100);
        hosts[11].Add(1, 0, Port, slot: 6).AsBridge();
        return devices;
    }

    // Two drives are a RAID 1 with LVM on it; the hardware RAID's disk is a physical volume of another group.
    public void WriteUses(MachineTree tree)
    {
        UseFiles uses = new(tree);
        string first = uses.AddNvme(_drives[0], partitions: 2);
        string second = uses.AddNvme(_drives[1], partitions: 2);
        foreach (ServerFunction drive in _drives.Skip(2))
        {
            uses.AddNvme(drive);
        }

        uses.AddScsiDisk(_raid!, "sda", 0);
        uses.AddVolume("md127", 9, 127, null, first + "p2", second + "p2");
        uses.AddVolume("dm-0", 254, 0, "system-root", "md127");
        uses.AddVolume("dm-1", 254, 1, "system-swap", "md127");
        uses.AddVolume("dm-2", 254, 2, "data-archive", "sda");
        uses.Mount(254, 0, "/", "xfs", "/dev/mapper/system-root");
        uses.Mount(259, 1, "/boot/efi", "vfat", $"/dev/{first}p1");
        uses.Mount(254, 2, "/archive", "xfs", "/dev/mapper/data-archive");
        for (int index = 0; index < _networks.Count; index++)
        {
            uses.AddInterface(_networks[index], $"eth{index}", up: index < 2, master: index < 2 ? "bond0" : null);
        }

        uses.AddScreen(_screen!);
        uses.Finish("/dev/dm-1", "tty0                 -WU (EC  p  )    4:7", "ttyS0                -W- (E   p a)    4:64");
    }

    public IEnumerable<string> Interrupts() => _drives.Select((drive, index) => $"IR-PCI-MSIX-{drive}    0-edge      nvme{index}q0");

    private static PciHost Host(ServerPci pci, int index)
    {
        byte last = (byte)(index + 1 < Buses.Length ? Buses[index + 1] - 1 : 0xef);
        PciHost host = pci.AddHost(
            0,
            Buses[index],
            last,
            index / 2,
            new AddressWindow(0x9000_0000 + (0x400_0000UL * (ulong)index), 0x400_0000 - 0x4_0000),
            new AddressWindow(0x2100_0000_0000 + (0x80_0000_0000UL * (ulong)index), 0x80_0000_0000));
        host.Add(0, 0, Mesh);
        host.Add(0, 4, Ras);
        return host;
    }

    private void AddDrives(PciHost host, int count, int slot)
    {
        for (int index = 0; index < count; index++)
        {
            _drives.Add(host.Add(1 + (2 * index), 0, DrivePort, slot + index).AsBridge().Add(0, 0, Devices.SolidigmNvme));
        }
    }

    private void AddNetwork(PciHost host, int slot, int virtualFunctions)
    {
        ServerFunction port = host.Add(1, 0, Port, slot).AsBridge(2 << 20, 128 << 20);
        ServerFunction first = port.Add(0, 0, Devices.IntelE810);
        _networks.AddRange([first, port.Add(0, 1, Devices.IntelE810)]);
        if (virtualFunctions > 0)
        {
            first.EnableVirtualFunctions(virtualFunctions);
        }

        host.Add(0x1f, 0, DataStreaming);
    }

    private void AddRaid(PciHost host, int slot) => _raid = host.Add(1, 0, Port, slot).AsBridge().Add(0, 0, Devices.MegaRaid);

    // The board's own: screen, USB, the old buses.
    private void AddService(PciHost host)
    {
        _usb = host.Add(0x14, 0, Usb);
        ServerFunction bridge = host.Add(0x1c, 4, Devices.RootPort(Intel, 0x1bbc, 1, 2)).AsBridge(24 << 20, 32 << 20).Add(0, 0, Devices.AspeedBridge).AsBridge(16 << 20, 16 << 20);
        _screen = bridge.Add(0, 0, Devices.AspeedVga, groupLeader: bridge, isBootVga: true);
        host.Add(0x1f, 0, Lpc);
        host.Add(0x1f, 4, SmBus);
    }
}
