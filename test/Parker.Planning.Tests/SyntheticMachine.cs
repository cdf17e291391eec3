using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Tests;

/// <summary>A machine of any size, on which partitions can be started: for properties and for measuring.</summary>
/// <remarks>
/// CPU n is thread n / cores of core n mod cores, as Linux numbers them. Each node has a pool of one range after another with gaps between, and memory of the Boot Kernel's. Each
/// device lies alone behind a root port of its own, on the node of its number modulo the nodes; 120 ports and their buses make a segment. With units each device has an IOMMU
/// unit to itself, so that its partition can use CPUs with any APIC ID.
/// </remarks>
internal sealed record SyntheticMachine(int Nodes, int CoresPerNode, int ThreadsPerCore, int CoresPerCache, IReadOnlyList<int> PoolMebibytes, int Devices, int Slots, bool HasUnits = false)
{
    private const int PortsPerSegment = 120;
    private const ulong NodeBytes = 1UL << 40;

    public int Cores => Nodes * CoresPerNode;

    public int Cpus => Cores * ThreadsPerCore;

    /// <summary>Low slots, as many as were asked for: real memory below 640 KiB has room for nine.</summary>
    public IReadOnlyList<PhysicalAddress> LowSlots => [.. Enumerable.Range(1, Slots).Select(slot => new PhysicalAddress((ulong)slot * LowSlotLayout.Size.Bytes))];

    public static PciAddress Device(int number) => new((uint)(number / PortsPerSegment), (byte)((number % PortsPerSegment) + 1), 0, 0);

    public MachineTopology Build()
    {
        MachineTopology server = TestMachine.Server();
        PhysicalRangeSet pool = PhysicalRangeSet.Of(Enumerable.Range(0, Nodes).SelectMany(PoolOf));
        return server with
        {
            Kernel = TestMachine.Kernel("no_ipi_broadcast=1 intremap=off"),
            Cpus = [.. Enumerable.Range(0, Cpus).Select(Cpu)],
            Caches =
            [
                .. Enumerable.Range(0, Nodes).SelectMany(node => Enumerable.Range(0, CoresPerNode).Chunk(CoresPerCache).Select(cores =>
                    new CpuCache(3, CpuCacheKind.Unified, ByteSize.FromMebibytes(32), CpuSet.Of(cores.SelectMany(core => ThreadsOf((node * CoresPerNode) + core)))))),
            ],
            Nodes = [.. Enumerable.Range(0, Nodes).Select(Node)],
            Memory = server.Memory with { Pool = pool, LowPool = PhysicalRangeSet.Of(new PhysicalRange(new PhysicalAddress(0x10000), ByteSize.FromKibibytes(512))) },
            Interrupts = server.Interrupts with { Processors = [] },
            Iommu = server.Iommu with { HostAddressWidth = 46, Units = HasUnits ? [.. Enumerable.Range(0, Devices).Select(Unit)] : [] },
            Pci = Pci(),
        };
    }

    private IEnumerable<int> ThreadsOf(int core) => Enumerable.Range(0, ThreadsPerCore).Select(thread => (thread * Cores) + core);

    private LogicalCpu Cpu(int number)
    {
        int core = number % Cores;
        return new LogicalCpu
        {
            Number = number,
            Online = true,
            ApicId = new(new ApicId((uint)((core * ThreadsPerCore) + (number / Cores))), "/proc/cpuinfo"),
            Package = core / CoresPerNode,
            Die = 0,
            Core = core % CoresPerNode,
            Siblings = CpuSet.Of(ThreadsOf(core)),
            Node = core / CoresPerNode,
            CanGoOffline = new(number != 0, number == 0 ? "it is the bootstrap processor" : "online file exists"),
            IsBootstrapProcessor = number == 0,
        };
    }

    private static IommuUnit Unit(int device)
    {
        PciAddress address = Device(device);
        return new IommuUnit(IommuKind.IntelVtd, new PhysicalAddress(0xFD00_0000 + ((ulong)device << 12)), address.Segment, false, [new PciBusRange(address.Segment, address.Bus, address.Bus)], []) { IoApicIds = [8] };
    }

    private NumaNode Node(int number) => new(
        number,
        (uint)number,
        CpuSet.Of(Enumerable.Range(number * CoresPerNode, CoresPerNode).SelectMany(ThreadsOf)),
        PhysicalRangeSet.Of(new PhysicalRange(new PhysicalAddress(((ulong)number + 1) * NodeBytes), new ByteSize(NodeBytes))),
        ByteSize.FromGibibytes(4),
        [.. Enumerable.Range(0, Nodes).Select(to => to == number ? 10 : 20 + Math.Abs(to - number))]);

    private IEnumerable<PhysicalRange> PoolOf(int node)
    {
        PhysicalAddress start = new(((ulong)node + 1) * NodeBytes);
        foreach (int mebibytes in PoolMebibytes)
        {
            ByteSize length = ByteSize.FromMebibytes((ulong)mebibytes);
            yield return new PhysicalRange(start, length);
            start += length + ByteSize.FromMebibytes(2);
        }
    }

    private PciFacts Pci()
    {
        List<PciFunction> functions = [];
        List<PciBus> buses = [];
        for (int number = 0; number < Devices; number++)
        {
            PciAddress device = Device(number);
            int index = number % PortsPerSegment;
            PciAddress port = new(device.Segment, 0, (byte)((index / 8) + 1), (byte)(index % 8));
            ulong window = 0xC000_0000_0000 + ((ulong)number << 24);
            functions.Add(TestMachine.Function(port.ToString(), 0x060400, "pcieport", TestMachine.MemoryBar(14, window, window + 0xFFFFFF)) with
            {
                Node = number % Nodes,
                Bridge = new PciBridgeFacts(device.Bus, device.Bus, true),
                PcieType = new(PcieFunctionType.RootPort, "config"),
            });
            functions.Add(TestMachine.Function(device.ToString(), 0x010802, "nvme", TestMachine.MemoryBar(0, window, window + 0x3FFF)) with { Node = number % Nodes });
            buses.Add(new PciBus(device.Segment, device.Bus, port, device.Bus, [device]));
        }

        uint segments = (uint)((Devices + PortsPerSegment - 1) / PortsPerSegment);
        for (uint segment = 0; segment < segments; segment++)
        {
            buses.Add(new PciBus(segment, 0, null, 0, [.. functions.Where(function => function.Address.Segment == segment && function.Address.Bus == 0).Select(function => function.Address)]));
        }

        return new PciFacts
        {
            Ecam = [.. Enumerable.Range(0, (int)segments).Select(segment => new EcamRange(new PhysicalAddress(0xE000_0000_0000 + ((ulong)segment << 28)), new PciBusRange((uint)segment, 0, 255)))],
            Functions = [.. functions.OrderBy(function => function.Address)],
            Buses = [.. buses.OrderBy(bus => bus.Segment).ThenBy(bus => bus.Number)],
        };
    }
}
