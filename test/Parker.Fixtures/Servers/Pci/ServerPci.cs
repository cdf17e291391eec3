namespace Parker.Fixtures.Servers.Pci;

/// <summary>PCI of a made-up server.</summary>
internal sealed class ServerPci
{
    public List<PciHost> Hosts { get; } = [];

    /// <summary>All functions, in the order they were added.</summary>
    public List<ServerFunction> Functions { get; } = [];

    public PciHost AddHost(uint segment, byte bus, byte lastBus, int node, AddressWindow window32, AddressWindow window64)
    {
        PciHost host = new(this, segment, bus, lastBus, node, window32, window64);
        Hosts.Add(host);
        return host;
    }

    /// <summary>Adds the windows and BARs to <c>/proc/iomem</c>.</summary>
    public void AddResources(ServerMemory memory)
    {
        foreach (PciHost host in Hosts)
        {
            memory.AddResource(host.Window32.First, host.Window32.Last, "PCI Bus " + host.BusName);
            memory.AddResource(host.Window64.First, host.Window64.Last, "PCI Bus " + host.BusName);
        }

        foreach (ServerFunction function in Functions)
        {
            if (function.Windows is (AddressWindow low, AddressWindow high) && function.Buses is (byte secondary, _))
            {
                string name = $"PCI Bus {function.Address.Segment:x4}:{secondary:x2}";
                memory.AddResource(low.First, low.Last, name);
                memory.AddResource(high.First, high.Last, name);
            }

            foreach (ServerBar bar in function.Bars.Where(_ => function.PhysicalFunction is null))
            {
                memory.AddResource(bar.First, bar.First + bar.Length - 1, function.Address.ToString());
            }
        }
    }
}
