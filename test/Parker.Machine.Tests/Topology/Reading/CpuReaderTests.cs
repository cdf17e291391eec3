using Parker.Fixtures.Acpi;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;

namespace Parker.Machine.Tests.Topology.Reading;

public sealed class CpuReaderTests
{
    [Fact]
    public void Online_CPUs_have_what_the_kernel_tells()
    {
        MachineTopology topology = TopologyReader.Read(SmallServer.WithCpus(0, 1, 2, 3));

        Assert.Equal([0x10u, 0x11u, 0x12u, 0x13u], topology.Cpus.Select(cpu => cpu.ApicId.Value!.Value.Value));
        Assert.Equal(["0-1", "0-1", "2-3", "2-3"], topology.Cpus.Select(cpu => cpu.Siblings.ToString()));
        Assert.Equal([0, 0, 1, 1], topology.Cpus.Select(cpu => cpu.Core));
        Assert.Equal([false, true, true, true], topology.Cpus.Select(cpu => cpu.CanGoOffline.Value));
        Assert.True(topology.Cpus[0].IsBootstrapProcessor);
        Assert.Equal(("GenuineIntel", 46, 57), (topology.Processor.Vendor, topology.Processor.PhysicalAddressBits, topology.Processor.VirtualAddressBits));
    }

    [Fact]
    public void Offline_CPUs_get_their_place_from_the_order_of_the_MADT()
    {
        MachineTopology topology = TopologyReader.Read(SmallServer.WithCpus(0, 2));

        Assert.Equal([0x10u, 0x11u, 0x12u, 0x13u], topology.Cpus.Select(cpu => cpu.ApicId.Value!.Value.Value));
        Assert.Contains("order of the MADT", topology.Cpus[1].ApicId.Evidence, StringComparison.Ordinal);
        Assert.Equal(["0-1", "0-1", "2-3", "2-3"], topology.Cpus.Select(cpu => cpu.Siblings.ToString()));
        Assert.Equal([0, 0, 1, 1], topology.Cpus.Select(cpu => cpu.Core));
        Assert.All(topology.Cpus, cpu => Assert.Equal(0, cpu.Package));
        Assert.False(topology.Cpus[1].Online);
        Assert.True(topology.Cpus[1].CanGoOffline.Value);
    }

    [Fact]
    public void Order_of_the_MADT_counts_only_where_all_online_CPUs_agree_with_it()
    {
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 2)
            .File("/proc/cpuinfo", SmallServer.CpuInfo(0, 0x10) + SmallServer.CpuInfo(2, 0x13));

        MachineTopology topology = TopologyReader.Read(machine);

        Assert.False(topology.Cpus[1].ApicId.IsKnown);
        Assert.False(topology.Cpus[3].ApicId.IsKnown);
        Assert.Equal(CpuSet.Of(1), topology.Cpus[1].Siblings);
        Assert.Equal((-1, -1), (topology.Cpus[1].Package, topology.Cpus[1].Core));
    }

    [Fact]
    public void Orders_that_differ_for_an_offline_CPU_leave_it_unknown()
    {
        // Kernels differ in whether type 0 or table order comes first; CPUs 0 and 3 agree with both.
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 3).File(
            "/sys/firmware/acpi/tables/APIC",
            AcpiTableBytes.Madt(
                AcpiTableBytes.LocalApic(0, 0x10), AcpiTableBytes.X2apic(1, 0x11), AcpiTableBytes.LocalApic(2, 0x12), AcpiTableBytes.X2apic(3, 0x13)));

        MachineTopology topology = TopologyReader.Read(machine);

        Assert.False(topology.Cpus[1].ApicId.IsKnown);
        Assert.False(topology.Cpus[2].ApicId.IsKnown);
    }

    [Fact]
    public void ACPI_node_of_an_offline_CPU_is_better_than_the_order()
    {
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 2)
            .File("/sys/devices/LNXSYSTM:00/ACPI0007:01/uid", "4\n")
            .Link("/sys/devices/system/cpu/cpu1/firmware_node", "../../../LNXSYSTM:00/ACPI0007:01");

        LogicalCpu cpu = TopologyReader.Read(machine).Cpus[1];

        Assert.Equal(new ApicId(0x13), cpu.ApicId.Value);
        Assert.Contains("firmware_node/uid", cpu.ApicId.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void One_APIC_ID_for_two_CPUs_is_reported_and_unknown_for_the_offline_one()
    {
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 2);
        machine.KernelLog = ["smpboot: Booting Node 0 Processor 1 APIC 0x12"];

        MachineTopology topology = TopologyReader.Read(machine);

        Assert.False(topology.Cpus[1].ApicId.IsKnown);
        Assert.Equal(new ApicId(0x12), topology.Cpus[2].ApicId.Value);
        Assert.Contains(topology.Diagnostics, diagnostic => diagnostic.Id == "TOPO020");
    }

    [Fact]
    public void Last_enabled_processor_belongs_to_the_last_offline_CPU()
    {
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 1, 2).File(
            "/sys/firmware/acpi/tables/APIC",
            AcpiTableBytes.Madt(
                AcpiTableBytes.LocalApic(0, 0x12),
                AcpiTableBytes.LocalApic(1, 0x13),
                AcpiTableBytes.LocalApic(2, 0x10),
                AcpiTableBytes.LocalApic(3, 0x11),
                AcpiTableBytes.LocalApic(4, 0x14, flags: 0)));

        Assert.Equal(new ApicId(0x13), TopologyReader.Read(machine).Cpus[3].ApicId.Value);
    }

    [Fact]
    public void Flags_are_those_that_all_CPUs_have_and_every_microcode_is_told()
    {
        InMemoryMachineSource machine = new InMemoryMachineSource()
            .File("/proc/cpuinfo", SmallServer.CpuInfo(0, 0, "fpu sse x2apic", "0x20") + SmallServer.CpuInfo(1, 2, "fpu x2apic avx", "0x1f"));

        ProcessorFacts processor = TopologyReader.Read(machine).Processor;

        Assert.Equal(["fpu", "x2apic"], processor.Flags.Order(StringComparer.Ordinal));
        Assert.Equal([0x1ful, 0x20ul], processor.MicrocodeRevisions);
    }

    [Fact]
    public void Bootstrap_processor_is_the_one_whose_APIC_base_says_so()
    {
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 1, 2, 3).Msr(0, 0x1b, 0xfee00800).Msr(1, 0x1b, 0xfee00800).Msr(2, 0x1b, 0xfee00900);

        Assert.Equal(2, Assert.Single(TopologyReader.Read(machine).Cpus, cpu => cpu.IsBootstrapProcessor).Number);
    }

    [Fact]
    public void Each_cache_stands_once_and_shared_files_are_read_once()
    {
        InMemoryMachineSource machine = SmallServer.WithCpus(0, 1, 2, 3);
        for (int cpu = 0; cpu < 4; cpu++)
        {
            Cache(cpu, 0, "1", "Data", "48K", cpu < 2 ? "0-1" : "2-3");
            Cache(cpu, 1, "3", "Unified", "30720K", "0-3");
        }

        IReadOnlyList<CpuCache> caches = TopologyReader.Read(machine).Caches;

        Assert.Equal(
            [
                new CpuCache(1, CpuCacheKind.Data, ByteSize.FromKibibytes(48), CpuSet.Parse("0-1")),
                new CpuCache(1, CpuCacheKind.Data, ByteSize.FromKibibytes(48), CpuSet.Parse("2-3")),
                new CpuCache(3, CpuCacheKind.Unified, ByteSize.FromMebibytes(30), CpuSet.Parse("0-3")),
            ],
            caches);
        Assert.DoesNotContain("/sys/devices/system/cpu/cpu3/cache/index1/size", machine.Reads.Keys);

        void Cache(int cpu, int index, string level, string type, string size, string shared)
        {
            string folder = $"/sys/devices/system/cpu/cpu{cpu}/cache/index{index}/";
            machine.File(folder + "level", level + "\n").File(folder + "type", type + "\n").File(folder + "size", size + "\n").File(folder + "shared_cpu_list", shared + "\n");
        }
    }
}
