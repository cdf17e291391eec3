using System.Globalization;
using Parker.Machine;

namespace Parker.Fixtures.Servers.Pci;

/// <summary>A root complex of a made-up server with its root bus.</summary>
internal sealed class PciHost(ServerPci server, uint segment, byte bus, byte lastBus, int node, AddressWindow window32, AddressWindow window64)
{
    private int _taken;

    public ServerPci Server => server;

    public uint Segment => segment;

    public byte Bus => bus;

    public byte LastBus => lastBus;

    public int Node => node;

    public AddressWindow Window32 => window32;

    public AddressWindow Window64 => window64;

    /// <summary>Its name in sysfs and <c>/proc/iomem</c>.</summary>
    public string BusName => string.Create(CultureInfo.InvariantCulture, $"{segment:x4}:{bus:x2}");

    public string Path => "/sys/devices/pci" + BusName;

    /// <summary>A function on the root bus.</summary>
    public ServerFunction Add(int device, int function, PciDevice kind, int? slot = null) =>
        new(this, null, new PciAddress(segment, bus, (byte)device, (byte)function), kind) { Slot = slot };

    /// <summary>The next bus number.</summary>
    public byte TakeBus() => bus + _taken < lastBus ? (byte)(bus + ++_taken) : throw new InvalidOperationException($"The root complex at {BusName} has no bus number left.");
}
