using Parker.Machine;
using Parker.Machine.Topology;

namespace Parker.Planning.Tests;

/// <summary>A server on which partitions can be started, and ways to change single facts of it.</summary>
/// <remarks>
/// 2 nodes, 8 cores with 2 threads each: CPUs 0-3 and 8-11 on node 0, 4-7 and 12-15 on node 1; CPU n and n + 8 are one core; APIC ID = 2 x core + thread. Pool: 4 GiB per
/// node. Bus 1 behind 00:03.0 (node 0): an NVMe disk; bus 2 behind 00:04.0 (node 1): a network card with two functions; 00:05.0: an empty slot on bus 3; 00:1f.2: the
/// Boot Kernel's disk.
/// </remarks>
internal static class TestMachine
{
    public static readonly PciAddress Nvme = PciAddress.Parse("0000:01:00.0");
    public static readonly PciAddress Nic = PciAddress.Parse("0000:02:00.0");
    public static readonly PciAddress NicSecond = PciAddress.Parse("0000:02:00.1");
    public static readonly PciAddress NvmePort = PciAddress.Parse("0000:00:03.0");
    public static readonly PciAddress NicPort = PciAddress.Parse("0000:00:04.0");
    public static readonly PciAddress BootDisk = PciAddress.Parse("0000:00:1f.2");

    public static MachineTopology Server() => new()
    {
        Identity = new MachineIdentity("Vendor", "Server", "1.0", "01/01/2024"),
        Kernel = Kernel("memmap=4G$0x200000000,4G$0x400000000 memmap=512K$0x10000 no_ipi_broadcast=1 intremap=off"),
        Processor = new ProcessorFacts
        {
            Vendor = "GenuineIntel",
            ModelName = "Some CPU",
            Flags = new HashSet<string>(["lm", "x2apic", "pdpe1gb", "constant_tsc", "nonstop_tsc", "vmx"]),
            MicrocodeRevisions = [1],
            PhysicalAddressBits = 46,
            VirtualAddressBits = 48,
        },
        Cpus = [.. Enumerable.Range(0, 16).Select(Cpu)],
        Caches = [],
        Nodes = [Node(0, "0-3,8-11", 0x100000, 0x2FFFFFFFF), Node(1, "4-7,12-15", 0x300000000, 0x5FFFFFFFF)],
        Memory = Memory(),
        Interrupts = new InterruptFacts
        {
            Mode = new(LocalApicMode.X2apic, "MSR 0x1b of CPU 0: 0xfee00d00"),
            X2apicLocked = new(false, "no lock"),
            Remapping = new(false, "/proc/interrupts: PCI-MSI"),
            Processors = [.. Enumerable.Range(0, 16).Select(id => new MadtProcessor(new ApicId((uint)id), (uint)id, true, false))],
            IoApics = [new MadtIoApic(0, new PhysicalAddress(0xFEC00000), 0), new MadtIoApic(8, new PhysicalAddress(0xFEC01000), 24)],
        },
        Iommu = new IommuFacts { Units = [], DrivenByBootKernel = new(false, "/sys/class/iommu: empty"), ReservedMemory = [], HostAddressWidth = 0 },
        Pci = Pci(),
        Tsc = new TscFacts(2_300_000_000, TscSource.PerfEvent, "time_mult", new(true, "clocksource0: tsc")),
        Diagnostics = [],
    };

    public static KernelFacts Kernel(string commandLine) => new()
    {
        Release = "6.12.95-amd64",
        Version = "Linux version 6.12.95-amd64",
        CommandLine = KernelCommandLine.Parse(commandLine),
        Configuration = new(
            new Dictionary<string, string> { ["CONFIG_X86_64"] = "y", ["CONFIG_STRICT_DEVMEM"] = "y", ["CONFIG_IO_STRICT_DEVMEM"] = "y", ["CONFIG_DEVMEM"] = "y", ["CONFIG_RANDOMIZE_BASE"] = "y" },
            "/boot/config"),
        Lockdown = new("none", "/sys/kernel/security/lockdown: [none] integrity confidentiality"),
        DevMem = new(true, "/dev/mem exists"),
        MsrDevice = new(true, "/dev/cpu/0/msr exists"),
        CpuidDevice = new(true, "/dev/cpu/0/cpuid exists"),
        MsrAllowWrites = new("on", "/sys/module/msr/parameters/allow_writes: on"),
        LogLines = [],
        SmtControl = new("on", "/sys/devices/system/cpu/smt/control: on"),
    };

    public static PhysicalRange Range(ulong first, ulong last) => PhysicalRange.FromInclusive(new PhysicalAddress(first), new PhysicalAddress(last));

    public static PhysicalRangeSet Ranges(params PhysicalRange[] ranges) => PhysicalRangeSet.Of(ranges);

    public static MachineTopology With(this MachineTopology machine, PciAddress function, Func<PciFunction, PciFunction> change) =>
        machine.WithPci(pci => pci with { Functions = [.. pci.Functions.Select(one => one.Address == function ? change(one) : one)] });

    public static MachineTopology WithPci(this MachineTopology machine, Func<PciFacts, PciFacts> change) => machine with { Pci = change(machine.Pci) };

    public static MachineTopology WithCpu(this MachineTopology machine, int cpu, Func<LogicalCpu, LogicalCpu> change) =>
        machine with { Cpus = [.. machine.Cpus.Select(one => one.Number == cpu ? change(one) : one)] };

    public static MachineTopology WithKernel(this MachineTopology machine, Func<KernelFacts, KernelFacts> change) => machine with { Kernel = change(machine.Kernel) };

    public static MachineTopology WithCommandLine(this MachineTopology machine, string commandLine) =>
        machine.WithKernel(kernel => kernel with { CommandLine = KernelCommandLine.Parse(commandLine) });

    public static MachineTopology WithInterrupts(this MachineTopology machine, Func<InterruptFacts, InterruptFacts> change) => machine with { Interrupts = change(machine.Interrupts) };

    public static MachineTopology WithMemory(this MachineTopology machine, Func<MemoryMap, MemoryMap> change) => machine with { Memory = change(machine.Memory) };

    /// <summary>A VT-d unit for bus 1 (the NVMe disk) alone, and one for all the rest with the I/O APIC.</summary>
    public static MachineTopology WithUnits(this MachineTopology machine) => machine with
    {
        Iommu = machine.Iommu with
        {
            HostAddressWidth = 46,
            Units =
            [
                new IommuUnit(IommuKind.IntelVtd, new PhysicalAddress(0xFED90000), 0, false, [new PciBusRange(0, 1, 1)], [NvmePort]) { IoApicIds = [8] },
                new IommuUnit(IommuKind.IntelVtd, new PhysicalAddress(0xFED91000), 0, true, [], []) { IoApicIds = [0] },
            ],
        },
    };

    public static PciFunction Function(string address, uint classCode = 0x010802, string driver = "", params PciResource[] resources) => new()
    {
        Address = PciAddress.Parse(address),
        Vendor = 0x8086,
        Device = 0x1000,
        Class = classCode,
        Driver = driver,
        Node = null,
        Resources = resources,
        Bridge = null,
        HasMsi = new(false, "config: no capability 0x05"),
        HasMsix = new(true, "config: capability 0x11"),
        ResetMethods = ["flr"],
        IommuGroup = null,
        PhysicalFunction = null,
        VirtualFunctions = (0, 0),
        Uses = [],
        Command = 0,
    };

    public static PciResource MemoryBar(int index, ulong first, ulong last, bool prefetchable = false) => new(index, Range(first, last), false, prefetchable, prefetchable);

    private static LogicalCpu Cpu(int number) => new()
    {
        Number = number,
        Online = true,
        ApicId = new(new ApicId((uint)((number % 8 * 2) + (number / 8))), "/proc/cpuinfo"),
        Package = number % 8 / 4,
        Die = 0,
        Core = number % 4,
        Siblings = CpuSet.Of(number % 8, (number % 8) + 8),
        Node = number % 8 / 4,
        CanGoOffline = new(number != 0, number == 0 ? "it is the bootstrap processor" : "online file exists"),
        IsBootstrapProcessor = number == 0,
    };

    private static NumaNode Node(int number, string cpus, ulong first, ulong last) => new(
        number,
        (uint)number,
        CpuSet.Parse(cpus),
        Ranges(Range(first, last)),
        ByteSize.FromGibibytes(4),
        number == 0 ? [10, 21] : [21, 10]);

    private static MemoryMap Memory() => new()
    {
        Resources = [new MemoryResource(Range(0x100000, 0x1FFFFFFFF), "System RAM", 0)],
        Firmware = [new FirmwareMemoryRange(Range(0x1000, 0x9FFFF), "System RAM"), new FirmwareMemoryRange(Range(0x100000, 0x5FFFFFFFF), "System RAM")],
        SystemRam = Ranges(Range(0x1000, 0xFFFF), Range(0x100000, 0x1FFFFFFFF), Range(0x300000000, 0x3FFFFFFFF)),
        Pool = Ranges(Range(0x200000000, 0x2FFFFFFFF), Range(0x400000000, 0x4FFFFFFFF)),
        LowPool = Ranges(Range(0x10000, 0x8FFFF)),
    };

    private static PciFacts Pci()
    {
        PciFunction[] functions =
        [
            Function("0000:00:00.0", 0x060000),
            Port("0000:00:03.0", 1, 0, MemoryBar(14, 0xFE800000, 0xFE9FFFFF), MemoryBar(15, 0xC000000000, 0xC01FFFFFFF, true)),
            Port("0000:00:04.0", 2, 1, MemoryBar(14, 0xFEA00000, 0xFEBFFFFF)),
            Port("0000:00:05.0", 3, 1),
            Function("0000:00:1f.2", 0x010601, "ahci", MemoryBar(5, 0xFEBFF000, 0xFEBFFFFF)) with { Uses = [new PciUse(PciUseKind.Mount, "/dev/sda1 on /")] },
            Function("0000:01:00.0", 0x010802, "nvme", MemoryBar(0, 0xFE800000, 0xFE803FFF)) with { Node = 0 },
            Function("0000:02:00.0", 0x020000, "e1000e", MemoryBar(0, 0xFEA00000, 0xFEA1FFFF)) with { Node = 1 },
            Function("0000:02:00.1", 0x020000, "e1000e", MemoryBar(0, 0xFEA20000, 0xFEA3FFFF)) with { Node = 1 },
        ];
        return new PciFacts
        {
            Ecam = [new EcamRange(new PhysicalAddress(0xB0000000), new PciBusRange(0, 0, 255))],
            Functions = functions,
            Buses =
            [
                new PciBus(0, 0, null, 0, [.. functions.Where(function => function.Address.Bus == 0).Select(function => function.Address)]),
                new PciBus(0, 1, NvmePort, 1, [Nvme]),
                new PciBus(0, 2, NicPort, 2, [Nic, NicSecond]),
                new PciBus(0, 3, PciAddress.Parse("0000:00:05.0"), 3, []),
            ],
        };
    }

    private static PciFunction Port(string address, byte bus, int node, params PciResource[] windows) => Function(address, 0x060400, "pcieport", windows) with
    {
        Node = node,
        Bridge = new PciBridgeFacts(bus, bus, true),
        PcieType = new(PcieFunctionType.RootPort, "config: PCI Express capability at 0x40"),
    };
}
