using System.Globalization;
using Parker.Fixtures.Acpi;
using Parker.Fixtures.Servers.Pci;
using Parker.Machine.Topology.Sources;

namespace Parker.Fixtures.Servers;

/// <summary>
/// Two Intel Xeon 6980P (128 cores, 256 threads each) with three NUMA nodes per socket, prepared for partitions: a pool in two nodes, low slots, eight CPUs offline.
/// </summary>
/// <remarks>
/// Made from public descriptions: Intel's processor pages (cores, caches, clock), the kernel's documentation of what sysfs shows, Intel's VT-d specification (a unit
/// for each stack of root ports, reserved memory), and listings that reviewers published (CPUs 0-42, 43-85 and 86-127 in the nodes of socket 0). Not public, and
/// chosen so that it is hard: how APIC IDs are laid out (here: thread in bit 0, core in bits 6:1, tile in bits 8:7, socket in bit 9), and where ECAM lies.
/// </remarks>
internal static class XeonServer
{
    private const int Cores = 128;
    private const ulong Ecam = 0x2070_0000_0000;
    private const ulong NodeLength = 0x40_0000_0000;

    // The cores of a socket's three tiles.
    private static readonly int[] TileStarts = [0, 43, 86];

    private static readonly MemoryRange[][] NodeMemory =
    [
        [new(0, 0x7fff_ffff, MemoryRange.Ram), new(0x1_0000_0000, 0x40_7fff_ffff, MemoryRange.Ram)],
        .. Enumerable.Range(0, 5).Select(index => (MemoryRange[])[new(0x40_8000_0000 + (NodeLength * (ulong)index), 0x40_7fff_ffff + (NodeLength * (ulong)(index + 1)), MemoryRange.Ram)]),
    ];

    private static readonly MemoryRange[] FirmwareMap =
    [
        new(0, 0x9_ffff, MemoryRange.Ram),
        new(0xa_0000, 0xf_ffff, MemoryRange.Reserved),
        new(0x10_0000, 0x6a9f_ffff, MemoryRange.Ram),
        new(0x6aa0_0000, 0x6dff_ffff, MemoryRange.Reserved),
        new(0x6e00_0000, 0x6ecf_ffff, MemoryRange.AcpiStorage),
        new(0x6ed0_0000, 0x6eff_ffff, MemoryRange.AcpiTables),
        new(0x6f00_0000, 0x6f7f_ffff, MemoryRange.Ram),
        new(0x6f80_0000, 0x8fff_ffff, MemoryRange.Reserved),
        new(0xfe01_0000, 0xfe01_0fff, MemoryRange.Reserved),
        new(0xff00_0000, 0xffff_ffff, MemoryRange.Reserved),
        new(0x1_0000_0000, 0x180_7fff_ffff, MemoryRange.Ram),
        new(Ecam, Ecam + 0xfff_ffff, MemoryRange.Reserved),
    ];

    // Seven low slots, then memory in node 1 (socket 0) and node 4 (socket 1).
    private static readonly MemoryRange[] Pool =
    [
        new(0x1_0000, 0x7_ffff, MemoryRange.Reserved),
        new(0x41_0000_0000, 0x60_ffff_ffff, MemoryRange.Reserved),
        new(0x101_0000_0000, 0x120_ffff_ffff, MemoryRange.Reserved),
    ];

    private static readonly ServerProcessor Processor = new()
    {
        Vendor = "GenuineIntel",
        Family = 6,
        Model = 173,
        ModelName = "Intel(R) Xeon(R) 6980P",
        Stepping = 1,
        Microcode = "0x1000380",
        Megahertz = 2000.000m,
        CacheSize = "516096 KB",
        CoresPerPackage = Cores,
        CpuidLevel = 35,
        Flags =
            "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush dts acpi mmx fxsr sse sse2 ss ht tm pbe syscall nx pdpe1gb rdtscp lm constant_tsc art "
            + "arch_perfmon pebs bts rep_good nopl xtopology nonstop_tsc cpuid aperfmperf tsc_known_freq pni pclmulqdq dtes64 monitor ds_cpl vmx smx est tm2 ssse3 sdbg fma cx16 xtpr pdcm "
            + "pcid dca sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand lahf_lm abm 3dnowprefetch cpuid_fault epb cat_l3 cat_l2 cdp_l3 intel_ppin cdp_l2 ssbd mba "
            + "ibrs ibpb stibp ibrs_enhanced tpr_shadow flexpriority ept vpid ept_ad fsgsbase tsc_adjust bmi1 avx2 smep bmi2 erms invpcid cqm rdt_a avx512f avx512dq rdseed adx smap avx512ifma "
            + "clflushopt clwb intel_pt avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves cqm_llc cqm_occup_llc cqm_mbm_total cqm_mbm_local split_lock_detect user_shstk avx_vnni "
            + "avx512_bf16 wbnoinvd dtherm ida arat pln pts hwp hwp_act_window hwp_epp hwp_pkg_req hfi vnmi avx512vbmi umip pku ospke waitpkg avx512_vbmi2 gfni vaes vpclmulqdq avx512_vnni "
            + "avx512_bitalg tme avx512_vpopcntdq la57 rdpid bus_lock_detect cldemote movdiri movdir64b enqcmd fsrm md_clear serialize tsxldtrk pconfig arch_lbr ibt amx_bf16 avx512_fp16 "
            + "amx_tile amx_int8 flush_l1d arch_capabilities",
        Bugs = "spectre_v1 spectre_v2 spec_store_bypass swapgs bhi",
        PhysicalBits = 52,
        VirtualBits = 57,
        Caches =
        [
            new(1, "Data", 48, 12, OfCore),
            new(1, "Instruction", 64, 16, OfCore),
            new(2, "Unified", 2048, 16, OfCore),
            new(3, "Unified", 516096, 16, cpu => cpu.Package),
        ],
    };

    public static TreeMachineSource Build()
    {
        MachineTree tree = new();
        List<ServerCpu> cpus = [.. Enumerable.Range(0, 4 * Cores).Select(Cpu)];
        ServerMemory memory = new(FirmwareMap, Pool);
        ServerPci pci = new();
        XeonDevices devices = XeonDevices.Add(pci);

        CpuFiles.Write(tree, Processor, cpus);
        NodeFiles.Write(tree, cpus, NodeMemory, Pool, (from, to) => from == to ? 10 : from / 3 == to / 3 ? 12 : 21);
        AddResources(memory, pci);
        memory.Write(tree);
        PciFiles.Write(tree, pci);
        WriteTables(tree, cpus, pci, devices);
        WriteUnits(tree, pci);
        devices.WriteUses(tree);
        KernelFiles.WriteIdentity(tree, "Example Systems", "Two-socket LGA 7529 server", "BHSDCRB1.IPC.3544.P22", "10/11/2024");
        KernelFiles.WriteInterrupts(tree, cpus, devices.Interrupts());
        tree.Line(CaptureLayout.Tsc, "2000000000 PerfEvent time_mult=1073741824 time_shift=31");
        KernelFiles.Write(
            tree,
            memory.Parameters + " no_ipi_broadcast=1 intel_iommu=on console=tty0 console=ttyS0,115200n8",
            [
                .. memory.LogLines(),
                "user-defined physical RAM map:",
                "tsc: Detected 2000.000 MHz processor",
                "tsc: Detected 2000.000 MHz TSC",
                "x2apic: enabled by BIOS, switching to x2apic ops",
                .. NodeFiles.LogLines(NodeMemory),
                "ACPI: MCFG table detected, 1 entries",
                "APIC: Switched APIC routing to: cluster x2apic",
                "DMAR: Host address width 52",
                "DMAR-IR: Enabled IRQ remapping in x2apic mode",
                "smpboot: CPU0: Intel(R) Xeon(R) 6980P (family: 0x6, model: 0xad, stepping: 0x1)",
                "smpboot: Total of 512 processors activated (2048000.00 BogoMIPS)",
                "PCI: ECAM [mem 0x207000000000-0x20700fffffff] (base 0x207000000000) for domain 0000 [bus 00-ff]",
                "microcode: Current revision: 0x01000380",
            ],
            (0x1b, 0xfee0_0d00),
            (0xbd, 0),
            (0x10a, 0x0d99_fd6b | (1 << 21)));
        return tree.Source;
    }

    // The kernel numbers the first threads of all cores, then the second ones. CPUs 44 to 47 and their siblings were taken offline.
    private static ServerCpu Cpu(int number)
    {
        int thread = number / (2 * Cores);
        int package = number / Cores % 2;
        int index = number % Cores;
        int tile = index >= TileStarts[2] ? 2 : index >= TileStarts[1] ? 1 : 0;
        int core = (tile << 6) | (index - TileStarts[tile]);
        return new ServerCpu(number, (uint)((package << 9) | (core << 1) | thread), package, core, (package * 3) + tile)
        {
            Online = number % (2 * Cores) is < 44 or > 47,
        };
    }

    private static int OfCore(ServerCpu cpu) => (cpu.Package << 8) | cpu.Core;

    private static void AddResources(ServerMemory memory, ServerPci pci)
    {
        pci.AddResources(memory);
        memory.AddResource(Ecam, Ecam + 0xfff_ffff, "PCI ECAM 0000 [bus 00-ff]");
        memory.AddResource(0xfec0_0000, 0xfec0_03ff, "IOAPIC 0");
        for (int index = 0; index < pci.Hosts.Count; index++)
        {
            memory.AddResource(RegistersOf(index), RegistersOf(index) + 0xfff, string.Create(CultureInfo.InvariantCulture, $"dmar{index}"));
        }

        memory.AddResource(0x20_1a00_0000, 0x20_1b3f_ffff, "Kernel code");
        memory.AddResource(0x20_1b40_0000, 0x20_1bff_ffff, "Kernel rodata");
        memory.AddResource(0x20_1c00_0000, 0x20_1c7f_ffff, "Kernel data");
    }

    private static void WriteTables(MachineTree tree, IReadOnlyList<ServerCpu> cpus, ServerPci pci, XeonDevices devices)
    {
        tree.Acpi("APIC", AcpiTableBytes.Madt(
        [
            .. cpus.Select(cpu => AcpiTableBytes.X2apic((uint)cpu.Number, cpu.ApicId)),
            AcpiTableBytes.IoApic(8, 0xfec0_0000, 0),
        ]));
        tree.Acpi("MCFG", AcpiTableBytes.Mcfg(AcpiTableBytes.McfgEntry(Ecam, 0, 0, 0xff)));

        // Each stack's unit names its ports; the one of the stack with the old buses comes last and takes the rest.
        const byte ioApicScope = 3;
        tree.Acpi("DMAR", AcpiTableBytes.Dmar(
            52,
            1,
            [
                .. pci.Hosts.Select((host, index) => (Host: host, Index: index)).Skip(1).Select(one => AcpiTableBytes.Drhd(0, RegistersOf(one.Index), false, Scopes(pci, one.Host))),
                AcpiTableBytes.Drhd(0, RegistersOf(0), true, AcpiTableBytes.DeviceScope(ioApicScope, 8, 0, 0x1e, 7)),
                .. devices.WithReservedMemory.Select((function, index) => Reserved(function, 0x6ab0_0000 + (0x10_0000UL * (ulong)index))),
            ]));
    }

    private static byte[][] Scopes(ServerPci pci, PciHost host) =>
    [
        .. pci.Functions.Where(function => function.Host == host && function.Parent is null)
            .Select(function => AcpiTableBytes.DeviceScope((byte)(function.Buses is null ? 1 : 2), 0, host.Bus, function.Address.Device, function.Address.Function)),
    ];

    private static byte[] Reserved(ServerFunction function, ulong first)
    {
        List<byte> path = [];
        for (ServerFunction? step = function; step is not null; step = step.Parent)
        {
            path.InsertRange(0, [step.Address.Device, step.Address.Function]);
        }

        return AcpiTableBytes.Rmrr(0, first, first + 0xf_ffff, AcpiTableBytes.DeviceScope(1, 0, function.Host.Bus, [.. path]));
    }

    private static ulong RegistersOf(int unit) => 0x9000_0000 + (0x400_0000UL * (ulong)unit) + 0x3ff_c000;

    private static void WriteUnits(MachineTree tree, ServerPci pci)
    {
        for (int index = 0; index < pci.Hosts.Count; index++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"dmar{index}");
            string folder = "/sys/devices/virtual/iommu/" + name;
            tree.Line(folder + "/intel-iommu/address", RegistersOf(index).ToString("x", CultureInfo.InvariantCulture));
            tree.Link("/sys/class/iommu/" + name, folder);
        }
    }
}
