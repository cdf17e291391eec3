using System.Globalization;
using Parker.Fixtures.Acpi;
using Parker.Fixtures.Servers.Pci;
using Parker.Machine.Topology.Sources;

namespace Parker.Fixtures.Servers;

/// <summary>
/// Two AMD EPYC 9554 (64 cores, 128 threads each) with two NUMA nodes per socket and a PCI segment per socket; nothing prepared for partitions.
/// </summary>
/// <remarks>
/// Made from public descriptions: AMD's processor pages (cores, caches, clock), the Processor Programming Reference for family 19h model 11h (APIC IDs: thread in bit
/// 0, core in bits 3:1, die in bits 6:4, socket in bit 7), the kernel's documentation of what sysfs shows, and kernel logs that owners published (memory map with the
/// reserved range below 1 TiB, an IOMMU at function 00.2 of each root complex). A segment per socket is a setting of some makers' firmware.
/// </remarks>
internal static class EpycServer
{
    private const int Cores = 64;
    private const int CoresPerDie = 8;

    // Nodes 0 and 1 on socket 0. RAM goes on above 4 GiB where the addresses below leave off, and jumps over 12 GiB that HyperTransport keeps.
    private static readonly MemoryRange[][] NodeMemory =
    [
        [new(0, 0x7fff_ffff, MemoryRange.Ram), new(0x1_0000_0000, 0x60_7fff_ffff, MemoryRange.Ram)],
        [new(0x60_8000_0000, 0xc0_7fff_ffff, MemoryRange.Ram)],
        [new(0xc0_8000_0000, 0xfc_ffff_ffff, MemoryRange.Ram), new(0x100_0000_0000, 0x123_7fff_ffff, MemoryRange.Ram)],
        [new(0x123_8000_0000, 0x183_7fff_ffff, MemoryRange.Ram)],
    ];

    private static readonly MemoryRange[] FirmwareMap =
    [
        new(0, 0x9_ffff, MemoryRange.Ram),
        new(0xa_0000, 0xf_ffff, MemoryRange.Reserved),
        new(0x10_0000, 0x6e2f_ffff, MemoryRange.Ram),
        new(0x6e30_0000, 0x70ff_ffff, MemoryRange.Reserved),
        new(0x7100_0000, 0x71ff_ffff, MemoryRange.AcpiStorage),
        new(0x7200_0000, 0x721f_ffff, MemoryRange.AcpiTables),
        new(0x7220_0000, 0x73ff_ffff, MemoryRange.Ram),
        new(0x7400_0000, 0x8fff_ffff, MemoryRange.Reserved),
        new(0xe000_0000, 0xefff_ffff, MemoryRange.Reserved),
        new(0xfd00_0000, 0xffff_ffff, MemoryRange.Reserved),
        new(0x1_0000_0000, 0xfc_ffff_ffff, MemoryRange.Ram),
        new(0xfd_0000_0000, 0xff_ffff_ffff, MemoryRange.Reserved),
        new(0x100_0000_0000, 0x183_7fff_ffff, MemoryRange.Ram),
        new(0x3ffe_e000_0000, 0x3ffe_efff_ffff, MemoryRange.Reserved),
    ];

    private static readonly ServerProcessor Processor = new()
    {
        Vendor = "AuthenticAMD",
        Family = 25,
        Model = 17,
        ModelName = "AMD EPYC 9554 64-Core Processor",
        Stepping = 1,
        Microcode = "0xa101148",
        Megahertz = 3100.000m,
        CacheSize = "1024 KB",
        CoresPerPackage = Cores,
        CpuidLevel = 16,
        Flags =
            "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx mmxext fxsr_opt pdpe1gb rdtscp lm constant_tsc rep_good "
            + "amd_lbr_v2 nopl nonstop_tsc cpuid extd_apicid aperfmperf rapl pni pclmulqdq monitor ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt aes xsave avx f16c rdrand lahf_lm "
            + "cmp_legacy svm extapic cr8_legacy abm sse4a misalignsse 3dnowprefetch osvw ibs skinit wdt tce topoext perfctr_core perfctr_nb bpext perfctr_llc mwaitx cpb cat_l3 cdp_l3 "
            + "hw_pstate ssbd mba perfmon_v2 ibrs ibpb stibp ibrs_enhanced vmmcall fsgsbase bmi1 avx2 smep bmi2 erms invpcid cqm rdt_a avx512f avx512dq rdseed adx smap avx512ifma clflushopt "
            + "clwb avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves cqm_llc cqm_occup_llc cqm_mbm_total cqm_mbm_local user_shstk avx512_bf16 clzero irperf xsaveerptr rdpru "
            + "wbnoinvd amd_ppin cppc arat npt lbrv svm_lock nrip_save tsc_scale vmcb_clean flushbyasid decodeassists pausefilter pfthreshold avic v_vmsave_vmload vgif x2avic v_spec_ctrl vnmi "
            + "avx512vbmi umip pku ospke avx512_vbmi2 gfni vaes vpclmulqdq avx512_vnni avx512_bitalg avx512_vpopcntdq la57 rdpid overflow_recov succor smca fsrm flush_l1d debug_swap",
        Bugs = "sysret_ss_attrs spectre_v1 spectre_v2 spec_store_bypass srso",
        PhysicalBits = 52,
        VirtualBits = 57,
        Caches =
        [
            new(1, "Data", 32, 8, OfCore),
            new(1, "Instruction", 32, 8, OfCore),
            new(2, "Unified", 1024, 8, OfCore),
            new(3, "Unified", 32768, 16, cpu => ((cpu.Package * Cores) + cpu.Core) / CoresPerDie),
        ],
    };

    public static TreeMachineSource Build()
    {
        MachineTree tree = new();
        List<ServerCpu> cpus = [.. Enumerable.Range(0, 4 * Cores).Select(Cpu)];
        ServerMemory memory = new(FirmwareMap, []);
        ServerPci pci = new();
        EpycDevices devices = EpycDevices.Add(pci);

        CpuFiles.Write(tree, Processor, cpus);
        NodeFiles.Write(tree, cpus, NodeMemory, [], (from, to) => from == to ? 10 : from / 2 == to / 2 ? 12 : 32);
        AddResources(memory, pci);
        memory.Write(tree);
        PciFiles.Write(tree, pci);
        WriteTables(tree, cpus, pci);
        WriteUnits(tree, pci);
        devices.WriteUses(tree);
        KernelFiles.WriteIdentity(tree, "Example Systems", "Two-socket SP5 server", "1.7a", "05/21/2024");
        KernelFiles.WriteInterrupts(tree, cpus, devices.Interrupts());
        KernelFiles.Write(
            tree,
            "iommu=pt console=tty0 console=ttyS0,115200n8",
            [
                .. memory.LogLines(),
                "tsc: Fast TSC calibration using PIT",
                "tsc: Detected 3099.986 MHz processor",
                .. NodeFiles.LogLines(NodeMemory),
                "ACPI: MCFG table detected, 2 entries",
                "AMD-Vi: Using global IVHD EFR:0x25bf732fa2295afe, EFR2:0x1d",
                "smpboot: CPU0: AMD EPYC 9554 64-Core Processor (family: 0x19, model: 0x11, stepping: 0x1)",
                "AMD-Vi: Interrupt remapping enabled",
                "AMD-Vi: X2APIC enabled",
                "APIC: Switched APIC routing to: cluster x2apic",
                "smpboot: Total of 256 processors activated (1587192.83 BogoMIPS)",
                "PCI: ECAM [mem 0xe0000000-0xefffffff] (base 0xe0000000) for domain 0000 [bus 00-ff]",
                "PCI: ECAM [mem 0x3ffee0000000-0x3ffeefffffff] (base 0x3ffee0000000) for domain 0001 [bus 00-ff]",
                "tsc: Refined TSC clocksource calibration: 3100.002 MHz",
                "microcode: Current revision: 0x0a101148",
            ],
            (0x1b, 0xfee0_0d00));
        return tree.Source;
    }

    // The kernel numbers the first threads of all cores, then the second ones.
    private static ServerCpu Cpu(int number)
    {
        int thread = number / (2 * Cores);
        int package = number / Cores % 2;
        int core = number % Cores;
        return new ServerCpu(number, (uint)((package << 7) | (core << 1) | thread), package, core, (package * 2) + (core / (Cores / 2)));
    }

    private static int OfCore(ServerCpu cpu) => (cpu.Package * Cores) + cpu.Core;

    private static void AddResources(ServerMemory memory, ServerPci pci)
    {
        pci.AddResources(memory);
        memory.AddResource(0xe000_0000, 0xefff_ffff, "PCI ECAM 0000 [bus 00-ff]");
        memory.AddResource(0x3ffe_e000_0000, 0x3ffe_efff_ffff, "PCI ECAM 0001 [bus 00-ff]");
        memory.AddResource(0xfec0_0000, 0xfec0_03ff, "IOAPIC 0");
        memory.AddResource(0x41_1a00_0000, 0x41_1b3f_ffff, "Kernel code");
        memory.AddResource(0x41_1b40_0000, 0x41_1bff_ffff, "Kernel rodata");
        memory.AddResource(0x41_1c00_0000, 0x41_1c7f_ffff, "Kernel data");
    }

    private static void WriteTables(MachineTree tree, IReadOnlyList<ServerCpu> cpus, ServerPci pci)
    {
        tree.Acpi("APIC", AcpiTableBytes.Madt(
        [
            .. cpus.Select(cpu => cpu.ApicId < 0xff ? AcpiTableBytes.LocalApic((byte)cpu.Number, (byte)cpu.ApicId) : AcpiTableBytes.X2apic((uint)cpu.Number, cpu.ApicId)),
            AcpiTableBytes.IoApic(0xf0, 0xfec0_0000, 0),
            .. pci.Hosts.Select((_, index) => AcpiTableBytes.IoApic(IoApicOf(index), 0xfd18_0000u + (0x10_0000u * (uint)index), 24 + (32 * (uint)index))),
        ]));
        tree.Acpi("MCFG", AcpiTableBytes.Mcfg(AcpiTableBytes.McfgEntry(0xe000_0000, 0, 0, 0xff), AcpiTableBytes.McfgEntry(0x3ffe_e000_0000, 1, 0, 0xff)));

        // Firmware describes each unit for old, newer and new kernels.
        tree.Acpi("IVRS", AcpiTableBytes.Ivrs([.. ((byte[])[0x10, 0x11, 0x40]).SelectMany(type => pci.Hosts.Select((host, index) => Ivhd(type, host, index)))]));
    }

    private static byte[] Ivhd(byte type, PciHost host, int index) => AcpiTableBytes.Ivhd(
        type,
        Number(host.Bus, 2),
        RegistersOf(index),
        (ushort)host.Segment,
        AcpiTableBytes.IvhdRange(Number(host.Bus, 3), Number(host.LastBus, 0xfe)),
        AcpiTableBytes.IvhdIoApic(IoApicOf(index), Number(host.Bus, 1)));

    private static ushort Number(byte bus, int deviceAndFunction) => (ushort)((bus << 8) | deviceAndFunction);

    private static ulong RegistersOf(int unit) => 0xfd80_0000 + (0x8_0000UL * (ulong)unit);

    private static byte IoApicOf(int unit) => (byte)(0xf1 + unit);

    private static void WriteUnits(MachineTree tree, ServerPci pci)
    {
        for (int index = 0; index < pci.Hosts.Count; index++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"ivhd{index}");
            string folder = $"{pci.Hosts[index].Path}/{pci.Hosts[index].BusName}:00.2/iommu/{name}";
            tree.Line(folder + "/amd-iommu/features", "25bf732fa2295afe:1d");
            tree.Link("/sys/class/iommu/" + name, folder);
        }
    }
}
