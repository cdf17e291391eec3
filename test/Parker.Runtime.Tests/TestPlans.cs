using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Tests;

public static class TestPlans
{
    public static PartitionPlan Plan(string name = "db", string cpus = "4-5", ulong memoryAtMebibyte = 4096, ulong slot = 0x10000, bool withDevice = true) => new()
    {
        Name = PartitionName.Parse(name),
        Mode = StartMode.Bare,
        Cpus = [.. CpuSet.Parse(cpus).Select(cpu => new PartitionCpu(cpu, new ApicId((uint)(cpu * 2)), 0))],
        Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(memoryAtMebibyte << 20), ByteSize.FromMebibytes(256)), 0)],
        LowSlot = new PhysicalAddress(slot),
        Buses = withDevice
            ?
            [
                new PartitionBus(
                    PciAddress.Parse("0000:00:03.0"),
                    new PciBusRange(0, 1, 1),
                    new PhysicalAddress(0xB0000000),
                    [new PciWindow(new PhysicalRange(new PhysicalAddress(0xFE800000), ByteSize.FromMebibytes(2)), false)],
                    [PciAddress.Parse("0000:01:00.0"), PciAddress.Parse("0000:01:00.1")],
                    0),
            ]
            : [],
        UartPort = null,
        Iommu = withDevice ? new PartitionIommu(new PhysicalAddress(0xFED90000), 48, 0) : null,
        NodeDistances = [[10]],
        PhantomApicId = new ApicId(0xFE),
        TscKilohertz = 2_300_000,
        Processor = new ProcessorTraits(true, 46),
        KernelPath = "/boot/vmlinuz",
        InitrdPaths = ["/boot/initrd.img"],
        CommandLine = "console=ttyS0",
    };
}
