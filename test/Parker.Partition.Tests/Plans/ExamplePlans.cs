using Parker.Machine;

namespace Parker.Partition.Tests.Plans;

/// <summary>The two partitions that the goldens of several rooms are made of.</summary>
public static class ExamplePlans
{
    /// <summary>2 CPUs, 512 MiB below 4 GiB, one device bus.</summary>
    public static PartitionPlan Small { get; } = new()
    {
        Name = PartitionName.Parse("small"),
        Mode = StartMode.Bare,
        Cpus = [new PartitionCpu(2, new ApicId(2), 0), new PartitionCpu(3, new ApicId(3), 0)],
        Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x40000000), ByteSize.FromMebibytes(512)), 0)],
        LowSlot = new PhysicalAddress(0x10000),
        Buses =
        [
            new PartitionBus(
                new PciAddress(0, 0, 3, 0),
                new PciBusRange(0, 1, 1),
                new PhysicalAddress(0xB0000000),
                [
                    new PciWindow(new PhysicalRange(new PhysicalAddress(0xFE800000), ByteSize.FromMebibytes(2)), IsPrefetchable: false),
                    new PciWindow(new PhysicalRange(new PhysicalAddress(0xC000000000), ByteSize.FromMebibytes(512)), IsPrefetchable: true),
                ],
                [new PciAddress(0, 1, 0, 0)],
                0),
        ],
        UartPort = null,
        Iommu = null,
        NodeDistances = [[10]],
        PhantomApicId = new ApicId(0xFE),
        TscKilohertz = 2_300_000,
        Processor = new ProcessorTraits(HasGibibytePages: true, PhysicalAddressBits: 40),
        KernelPath = "/boot/vmlinuz",
        InitrdPaths = ["/boot/initrd.img"],
        CommandLine = "console=ttyS0",
    };

    /// <summary>64 CPUs over 2 nodes, the second node's APIC IDs above 255; memory on both, above 512 GiB too; 3 bus ranges on 2 segments with ECAM above 4 GiB; a UART; an IOMMU unit.</summary>
    public static PartitionPlan Large { get; } = new()
    {
        Name = PartitionName.Parse("large"),
        Mode = StartMode.Bare,
        Cpus =
        [
            .. Enumerable.Range(32, 32).Select(cpu => new PartitionCpu(cpu, new ApicId((uint)(cpu * 2)), 0)),
            .. Enumerable.Range(128, 32).Select(cpu => new PartitionCpu(cpu, new ApicId((uint)(256 + (cpu * 2))), 1)),
        ],
        Memory =
        [
            new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x8000000000), ByteSize.FromGibibytes(64)), 1),
            new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x1000000000), ByteSize.FromGibibytes(64)), 0),
        ],
        LowSlot = new PhysicalAddress(0x30000),
        Buses =
        [
            Bus(0, 0x41, 0x41, 0x100000000000, 0xC0000000, 0),
            Bus(0, 0x81, 0x83, 0x100000000000, 0xC8000000, 0),
            Bus(1, 0x21, 0x21, 0x100010000000, 0xD0000000, 1),
        ],
        UartPort = 0x2F8,
        Iommu = new PartitionIommu(new PhysicalAddress(0xFED91000), 46, 0),
        NodeDistances = [[10, 21], [21, 10]],
        PhantomApicId = new ApicId(0xFE),
        TscKilohertz = 2_400_017,
        Processor = new ProcessorTraits(HasGibibytePages: true, PhysicalAddressBits: 46),
        KernelPath = "/boot/vmlinuz",
        InitrdPaths = ["/boot/microcode.cpio", "/boot/initrd.img"],
        CommandLine = "root=/dev/nvme0n1p2 ro",
    };

    /// <summary>What a distribution kernel of 2026 with a 40 MiB initrd asks for.</summary>
    public static ImageFootprint Footprint { get; } =
        new(ByteSize.FromMebibytes(12), new ByteSize(0x37EE000), ByteSize.FromMebibytes(2), ByteSize.FromMebibytes(40));

    private static PartitionBus Bus(uint segment, byte first, byte last, ulong ecamBase, ulong window, int node) => new(
        new PciAddress(segment, (byte)(first - 1), 1, 0),
        new PciBusRange(segment, first, last),
        new PhysicalAddress(ecamBase),
        [
            new PciWindow(new PhysicalRange(new PhysicalAddress(window), ByteSize.FromMebibytes(16)), IsPrefetchable: false),
            new PciWindow(new PhysicalRange(new PhysicalAddress(0x20000000000 + ((window - 0xC0000000) << 8)), ByteSize.FromGibibytes(8)), IsPrefetchable: true),
        ],
        [new PciAddress(segment, first, 0, 0), new PciAddress(segment, first, 0, 1)],
        node);
}
