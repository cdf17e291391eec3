using Parker.Fixtures.Servers.Pci;

namespace Parker.Fixtures.Servers;

/// <summary>The devices of <see cref="EpycServer"/>: eight root complexes, four to a socket.</summary>
internal sealed class EpycDevices
{
    private const ushort Amd = 0x1022;

    private static readonly PciDevice RootComplex = Devices.Plain(Amd, 0x14a4, 0x060000);
    private static readonly PciDevice IommuUnit = Devices.Plain(Amd, 0x149e, 0x080600);
    private static readonly PciDevice DummyBridge = Devices.Plain(Amd, 0x149f, 0x060000);
    private static readonly PciDevice DummyFunction = Devices.Integrated(Amd, 0x14ac, 0x130000);
    private static readonly PciDevice Port = Devices.RootPort(Amd, 0x14ab, 16);
    private static readonly PciDevice DrivePort = Devices.RootPort(Amd, 0x14ab, 4);
    private static readonly PciDevice InternalPort = Devices.RootPort(Amd, 0x14a7, 16, 4);
    private static readonly PciDevice Usb = new(Amd, 0x14c9, 0x0c0330) { Driver = "xhci_hcd", HasMsi = true, MsixVectors = 8, Link = (4, 16), BarSizes = [64 << 10] };
    private static readonly PciDevice SecureProcessor = new(Amd, 0x14ca, 0x108000) { Driver = "ccp", MsixVectors = 16, Link = (4, 16), BarSizes = [1 << 20] };
    private static readonly PciDevice Sata = new(Amd, 0x7901, 0x010601) { Driver = "ahci", HasMsi = true, Link = (4, 16), BarSizes = [4 << 10] };

    private readonly List<ServerFunction> _drives = [];
    private readonly List<ServerFunction> _networks = [];
    private ServerFunction? _screen;

    public static EpycDevices Add(ServerPci pci)
    {
        EpycDevices devices = new();
        PciHost[] hosts = [.. Enumerable.Range(0, 8).Select(index => Host(pci, index))];
        devices.AddDrives(hosts[0], 4, slot: 1);
        devices.AddNetwork(hosts[1], slot: 21, virtualFunctions: 8);
        devices.AddDrives(hosts[1], 4, slot: 5);
        devices.AddSwitch(hosts[2], slot: 31);
        devices.AddService(hosts[3]);
        devices.AddDrives(hosts[4], 4, slot: 9);
        devices.AddNetwork(hosts[5], slot: 22, virtualFunctions: 0);
        devices.AddDrives(hosts[6], 8, slot: 13);
        AddEmptySlot(hosts[7], 1, slot: 41);
        AddEmptySlot(hosts[7], 3, slot: 42);
        return devices;
    }

    public void WriteUses(MachineTree tree)
    {
        UseFiles uses = new(tree);
        string root = uses.AddNvme(_drives[0], partitions: 3);
        foreach (ServerFunction drive in _drives.Skip(1))
        {
            uses.AddNvme(drive);
        }

        uses.Mount(259, 2, "/", "ext4", $"/dev/{root}p2");
        uses.Mount(259, 1, "/boot/efi", "vfat", $"/dev/{root}p1");
        uses.Mount(259, 8, "/srv", "xfs", "/dev/nvme1n1");
        for (int index = 0; index < _networks.Count; index++)
        {
            uses.AddInterface(_networks[index], $"eth{index}", up: index is 0 or 4);
        }

        uses.AddScreen(_screen!);
        uses.Finish($"/dev/{root}p3", "tty0                 -WU (EC  p  )    4:7", "ttyS0                -W- (E   p a)    4:64");
    }

    public IEnumerable<string> Interrupts() => _drives.Select((drive, index) => $"IR-PCI-MSIX-{drive}    0-edge      nvme{index}q0");

    private static PciHost Host(ServerPci pci, int index)
    {
        byte bus = (byte)(index % 4 * 0x40);
        PciHost host = pci.AddHost(
            (uint)index / 4,
            bus,
            (byte)(bus + 0x3f),
            index / 2,
            new AddressWindow(0x9000_0000 + (0x800_0000UL * (ulong)index), 0x800_0000),
            new AddressWindow(0x2000_0000_0000 + (0x100_0000_0000UL * (ulong)index), 0x100_0000_0000));
        host.Add(0, 0, RootComplex);
        host.Add(0, 2, IommuUnit);
        foreach (int device in (int[])[1, 2, 3, 4, 5, 7])
        {
            host.Add(device, 0, DummyBridge);
        }

        ServerFunction port = host.Add(7, 1, InternalPort).AsBridge(4 << 20, 64 << 20);
        port.Add(0, 0, DummyFunction);
        if (index % 2 == 0)
        {
            port.Add(0, 4, Usb);
        }

        port.Add(0, 5, SecureProcessor);
        return host;
    }

    private static void AddEmptySlot(PciHost host, int device, int slot) => host.Add(device, 1, Port, slot).AsBridge(2 << 20, 512 << 20);

    private void AddDrives(PciHost host, int count, int slot)
    {
        for (int index = 0; index < count; index++)
        {
            ServerFunction port = host.Add(3 + (index / 4), 1 + (index % 4), DrivePort, slot + index).AsBridge();
            _drives.Add(port.Add(0, 0, Devices.SamsungNvme));
        }
    }

    private void AddNetwork(PciHost host, int slot, int virtualFunctions)
    {
        ServerFunction port = host.Add(1, 1, Port, slot).AsBridge(2 << 20, 128 << 20);
        ServerFunction first = port.Add(0, 0, Devices.ConnectX6);
        ServerFunction second = port.Add(0, 1, Devices.ConnectX6);
        _networks.AddRange([first, second]);
        if (virtualFunctions > 0)
        {
            first.EnableVirtualFunctions(virtualFunctions);
        }
    }

    // A switch with two accelerators, a drive, and a slot with nothing in it.
    private void AddSwitch(PciHost host, int slot)
    {
        const ulong room = 448UL << 30;
        ServerFunction up = host.Add(1, 1, Port, slot).AsBridge(16 << 20, room + (16UL << 30)).Add(0, 0, Devices.SwitchUpstream).AsBridge(12 << 20, room);
        for (int index = 0; index < 2; index++)
        {
            up.Add(index, 0, Devices.SwitchDownstream, slot: slot + 1 + index).AsBridge(2 << 20, 160UL << 30).Add(0, 0, Devices.H100);
        }

        _drives.Add(up.Add(2, 0, Devices.SwitchDownstream, slot: slot + 3).AsBridge().Add(0, 0, Devices.SolidigmNvme));
        up.Add(3, 0, Devices.SwitchDownstream, slot: slot + 4).AsBridge();
    }

    // The board's own: screen, network, SATA, the old buses.
    private void AddService(PciHost host)
    {
        ServerFunction bridge = host.Add(5, 1, Devices.RootPort(Amd, 0x14ab, 1, 2)).AsBridge(24 << 20, 32 << 20).Add(0, 0, Devices.AspeedBridge).AsBridge(16 << 20, 16 << 20);
        _screen = bridge.Add(0, 0, Devices.AspeedVga, groupLeader: bridge, isBootVga: true);
        ServerFunction port = host.Add(3, 1, Devices.RootPort(Amd, 0x14ab, 8, 3)).AsBridge();
        _networks.AddRange([port.Add(0, 0, Devices.BroadcomNic), port.Add(0, 1, Devices.BroadcomNic)]);
        host.Add(8, 1, InternalPort).AsBridge().Add(0, 0, Sata);
        host.Add(0x14, 0, Devices.Plain(Amd, 0x790b, 0x0c0500, "piix4_smbus"));
        host.Add(0x14, 3, Devices.Plain(Amd, 0x790e, 0x060100));
        for (int function = 0; function < 8; function++)
        {
            host.Add(0x18, function, Devices.Plain(Amd, (ushort)(0x14ad + function), 0x060000, function == 3 ? "k10temp" : ""));
        }
    }
}
