using Parker.Firmware.Acpi;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>The partitions whose tables stand as goldens.</summary>
internal static class ExamplePlans
{
    /// <summary>2 CPUs of one node, one bus with a disk, memory above 4 GiB.</summary>
    public static PartitionPlan Small { get; } = new()
    {
        Name = PartitionName.Parse("small"),
        Mode = StartMode.Bare,
        Cpus = [new(2, new ApicId(2), 0), new(3, new ApicId(3), 0)],
        Memory = [new(Range(0x1_4000_0000, 512), 0)],
        LowSlot = new PhysicalAddress(0x10000),
        Buses =
        [
            new(
                PciAddress.Parse("0000:00:03.0"),
                new PciBusRange(0, 1, 1),
                new PhysicalAddress(0xB000_0000),
                [new(Range(0xFE80_0000, 2), false), new(Range(0xC0_0000_0000, 512), true)],
                [PciAddress.Parse("0000:01:00.0")],
                null),
        ],
        UartPort = 0x2F8,
        Iommu = null,
        NodeDistances = [[10]],
        PhantomApicId = new ApicId(0xFE),
        TscKilohertz = 2_300_000,
        Processor = new ProcessorTraits(true, 46),
        KernelPath = "/boot/vmlinuz",
        InitrdPaths = [],
        CommandLine = "",
    };

    /// <summary>64 CPUs over 2 nodes with APIC IDs up to 0x13e, memory on both, 3 bus ranges of 2 segments with ECAM above 4 GiB, an owned IOMMU unit.</summary>
    public static PartitionPlan Large { get; } = Small with
    {
        Name = PartitionName.Parse("large"),
        Cpus = [.. Enumerable.Range(0, 64).Select(index => new PartitionCpu(64 + index, new ApicId((uint)((index < 32 ? 0x40 : 0x100) + index % 32 * 2)), index < 32 ? 1 : 3))],
        Memory = [new(Range(0x20_0000_0000, 65536), 1), new(Range(0x60_0000_0000, 65536), 3), new(Range(0x80_0000_0000, 1024), 3)],
        LowSlot = new PhysicalAddress(0x30000),
        Buses =
        [
            new(PciAddress.Parse("0000:80:01.0"), new PciBusRange(0, 0x81, 0x82), new PhysicalAddress(0x3FF_0000_0000), [new(Range(0xD000_0000, 16), false), new(Range(0x38_0000_0000, 8192), true)], [], 1),
            new(PciAddress.Parse("0000:80:03.0"), new PciBusRange(0, 0x83, 0x83), new PhysicalAddress(0x3FF_0000_0000), [new(Range(0xD100_0000, 2), true)], [], 0),
            new(PciAddress.Parse("0001:40:01.0"), new PciBusRange(1, 0x41, 0x45), new PhysicalAddress(0x3FF_1000_0000), [new(Range(0xE000_0000, 32), false), new(Range(0x3A_0000_0000, 1024), true)], [], 3),
        ],
        UartPort = null,
        Iommu = new PartitionIommu(new PhysicalAddress(0xFBFF_C000), 46, 0),
        NodeDistances = [[10, 12, 21, 21], [12, 10, 21, 21], [21, 21, 10, 12], [21, 21, 12, 10]],
        PhantomApicId = new ApicId(0xFD),
    };

    /// <summary>The small one with 2 CPUs of node 0 that it has, and 2 of node 1 that may come while it runs; and 3 pieces of memory that may come from either node.</summary>
    public static PartitionPlan Elastic { get; } = Small with
    {
        Name = PartitionName.Parse("elastic"),
        CpusMax = 4,
        SpareCpus = [new(4, new ApicId(4), 1), new(5, new ApicId(5), 1)],
        ElasticMemory = new ElasticMemory(896 << 20, 128 << 20, [new(Range(0x1_6000_0000, 2048), 0), new(Range(0x2_0000_0000, 4096), 1)]),
        NodeDistances = [[10, 21], [21, 10]],
    };

    public static PartitionPlan ByName(string name) => name switch
    {
        "small" => Small,
        "elastic" => Elastic,
        _ => Large,
    };

    public static AcpiTableSet Tables(string name) => AcpiTables.Build(ByName(name), LayOut(ByName(name)));

    public static AcpiTableBlob Table(string name, string signature) => Tables(name).Tables.Single(table => table.Signature == signature);

    public static PartitionLayout LayOut(PartitionPlan plan)
    {
        DiagnosticBag diagnostics = [];
        PartitionLayout? layout = PartitionLayout.TryCreate(plan, new ImageFootprint(new(0xE0_0000), new(0x37E_E000), ByteSize.FromMebibytes(2), new(0x10_0000)), diagnostics);
        Assert.Empty(diagnostics);
        return layout!;
    }

    private static PhysicalRange Range(ulong start, ulong mebibytes) => new(new PhysicalAddress(start), ByteSize.FromMebibytes(mebibytes));
}
