using System.Numerics;
using Parker.Machine;

namespace Parker.Fixtures.Servers.Pci;

/// <summary>One function of a made-up server.</summary>
internal sealed class ServerFunction
{
    private const ulong SmallestBar64 = 64 << 10;

    private readonly List<ServerBar> _bars = [];
    private readonly List<ServerFunction> _virtualFunctions = [];

    public ServerFunction(PciHost host, ServerFunction? parent, PciAddress address, PciDevice device, ServerFunction? physicalFunction = null)
    {
        Host = host;
        Parent = parent;
        Address = address;
        Device = device;
        PhysicalFunction = physicalFunction;
        host.Server.Functions.Add(this);
        if (physicalFunction is null)
        {
            List<(int Index, ulong Size, bool Is64Bit)> wanted = [];
            int next = 0;
            foreach (ulong size in device.BarSizes)
            {
                bool is64Bit = size >= SmallestBar64;
                wanted.Add((next, size, is64Bit));
                next += is64Bit ? 2 : 1;
            }

            // The largest first, so that none is wasted between them.
            foreach ((int index, ulong size, bool is64Bit) in wanted.OrderByDescending(one => one.Size))
            {
                _bars.Add(new ServerBar(index, (is64Bit ? Window64 : Window32).Take(size, size), size, is64Bit));
            }
        }
    }

    public PciHost Host { get; }

    public ServerFunction? Parent { get; }

    public PciAddress Address { get; }

    public PciDevice Device { get; }

    public ServerFunction? PhysicalFunction { get; }

    public IReadOnlyList<ServerBar> Bars => _bars;

    public IReadOnlyList<ServerFunction> VirtualFunctions => _virtualFunctions;

    /// <summary>Of a bridge: the bus behind it and the last one.</summary>
    public (byte Secondary, byte Subordinate)? Buses { get; private set; }

    /// <summary>Of a bridge: its 32-bit and its prefetchable window.</summary>
    public (AddressWindow Memory, AddressWindow Prefetchable)? Windows { get; private set; }

    /// <summary>Of a port: its slot; null for none.</summary>
    public int? Slot { get; init; }

    /// <summary>Whose IOMMU group it is in; null for one of its own.</summary>
    public ServerFunction? GroupLeader { get; init; }

    /// <summary>Whether the firmware's screen is on it.</summary>
    public bool IsBootVga { get; init; }

    /// <summary>Whether other functions of the device exist.</summary>
    public bool IsMultiFunction => Host.Server.Functions.Exists(other => other != this
        && (other.Address.Segment, other.Address.Bus, other.Address.Device) == (Address.Segment, Address.Bus, Address.Device));

    /// <summary>Its folder under <c>/sys/devices</c>.</summary>
    public string Path => (Parent?.Path ?? Host.Path) + "/" + Address;

    private AddressWindow Window32 => Parent?.Windows?.Memory ?? Host.Window32;

    private AddressWindow Window64 => Parent?.Windows?.Prefetchable ?? Host.Window64;

    /// <summary>Makes it a bridge with a bus and windows.</summary>
    public ServerFunction AsBridge(ulong memory = 2 << 20, ulong prefetchable = 32UL << 20)
    {
        Windows = (Part(Window32, memory), Part(Window64, prefetchable));
        byte bus = Host.TakeBus();
        Buses = (bus, bus);
        for (ServerFunction? above = Parent; above is not null; above = above.Parent)
        {
            above.Buses = (above.Buses!.Value.Secondary, bus);
        }

        return this;
    }

    /// <summary>A function on the bus behind this bridge.</summary>
    public ServerFunction Add(int device, int function, PciDevice kind, ServerFunction? groupLeader = null, bool isBootVga = false, int? slot = null) =>
        new(Host, this, new PciAddress(Host.Segment, Buses!.Value.Secondary, (byte)device, (byte)function), kind) { GroupLeader = groupLeader, IsBootVga = isBootVga, Slot = slot };

    /// <summary>Turns virtual functions on.</summary>
    public ServerFunction EnableVirtualFunctions(int count)
    {
        PciDevice kind = Device.VirtualFunction!;
        List<ServerBar> all = [];
        for (int at = 0; at < kind.BarSizes.Count; at++)
        {
            ulong size = kind.BarSizes[at] * (ulong)Device.MaxVirtualFunctions;
            all.Add(new ServerBar(7 + (2 * at), Window64.Take(size, kind.BarSizes[at]), size, Is64Bit: true));
        }

        _bars.AddRange(all);
        for (int index = 0; index < count; index++)
        {
            int number = (Address.Device << 3) + Address.Function + Device.FirstVirtualFunction + index;
            ServerFunction made = new(Host, Parent, new PciAddress(Address.Segment, Address.Bus, (byte)(number >> 3), (byte)(number & 7)), kind, this);
            made._bars.AddRange(all.Select((bar, at) => new ServerBar(2 * at, bar.First + (kind.BarSizes[at] * (ulong)index), kind.BarSizes[at], Is64Bit: true)));
            _virtualFunctions.Add(made);
        }

        return this;
    }

    public override string ToString() => Address.ToString();

    // Aligned for the largest BAR that fits in it.
    private static AddressWindow Part(AddressWindow window, ulong length) => new(window.Take(length, 1UL << BitOperations.Log2(length)), length);
}
