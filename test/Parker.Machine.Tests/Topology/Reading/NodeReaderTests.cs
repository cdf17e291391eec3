using Parker.Fixtures.Acpi;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;

namespace Parker.Machine.Tests.Topology.Reading;

public sealed class NodeReaderTests
{
    // Node 0 is domain 4 and node 1 domain 2: the kernel's numbers are not the firmware's.
    private static InMemoryMachineSource TwoNodes(params int[] online) => SmallServer.WithCpus(online)
        .File("/sys/devices/system/node/online", "0-1\n")
        .File("/sys/devices/system/node/node0/cpulist", string.Join(',', online.Where(cpu => cpu < 2)) + "\n")
        .File("/sys/devices/system/node/node1/cpulist", string.Join(',', online.Where(cpu => cpu >= 2)) + "\n")
        .File("/sys/devices/system/node/node0/meminfo", "\nNode 0 MemTotal:       1048576 kB\nNode 0 MemFree: 1 kB\n")
        .File("/sys/devices/system/node/node1/meminfo", "\nNode 1 MemTotal:       2097152 kB\n")
        .File("/sys/devices/system/node/node0/distance", "10 21\n")
        .File("/sys/devices/system/node/node1/distance", "21 10\n")
        .File("/sys/firmware/memmap/0/start", "0x0\n")
        .File("/sys/firmware/memmap/0/end", "0x9fbff\n")
        .File("/sys/firmware/memmap/0/type", "System RAM\n")
        .File("/sys/firmware/memmap/1/start", "0x100000000\n")
        .File("/sys/firmware/memmap/1/end", "0x2ffffffff\n")
        .File("/sys/firmware/memmap/1/type", "System RAM\n")
        .File(
            "/sys/firmware/acpi/tables/SRAT",
            AcpiTableBytes.Srat(
                AcpiTableBytes.SratCpu(4, 0x10),
                AcpiTableBytes.SratCpu(4, 0x11),
                AcpiTableBytes.SratCpu(2, 0x12),
                AcpiTableBytes.SratCpu(2, 0x13),
                AcpiTableBytes.SratMemory(4, 0, 0x2_0000_0000),
                AcpiTableBytes.SratMemory(2, 0x2_0000_0000, 0x1_0000_0000),
                AcpiTableBytes.SratMemory(2, 0x9_0000_0000, 0x1_0000_0000, flags: 0)));

    [Fact]
    public void Nodes_have_the_memory_of_their_domain_as_far_as_it_is_RAM()
    {
        IReadOnlyList<NumaNode> nodes = TopologyReader.Read(TwoNodes(0, 1, 2, 3)).Nodes;

        Assert.Equal([4u, 2u], nodes.Select(node => node.ProximityDomain!.Value));
        Assert.Equal(["0-1", "2-3"], nodes.Select(node => node.Cpus.ToString()));
        Assert.Equal("0x0-0x9fbff 0x100000000-0x1ffffffff", string.Join(' ', nodes[0].Memory));
        Assert.Equal("0x200000000-0x2ffffffff", string.Join(' ', nodes[1].Memory));
        Assert.Equal([ByteSize.FromMebibytes(1024), ByteSize.FromMebibytes(2048)], nodes.Select(node => node.BootKernelMemory));
        Assert.Equal([21, 10], nodes[1].Distances);
    }

    [Fact]
    public void Offline_CPU_belongs_to_the_node_that_links_it()
    {
        InMemoryMachineSource machine = TwoNodes(0, 2).File("/sys/devices/system/node/node0/cpu3/x", "").File("/sys/devices/system/node/node1/cpu1/x", "");

        Assert.Equal([0, 1, 1, 0], TopologyReader.Read(machine).Cpus.Select(cpu => cpu.Node));
    }

    [Fact]
    public void Offline_CPU_that_no_node_links_belongs_to_the_node_of_its_domain() =>
        Assert.Equal([0, 0, 1, 1], TopologyReader.Read(TwoNodes(0, 2)).Cpus.Select(cpu => cpu.Node));

    [Fact]
    public void Kernel_log_stands_in_for_a_SRAT_that_may_not_be_read()
    {
        InMemoryMachineSource machine = TwoNodes(0, 1, 2, 3).Remove("/sys/firmware/acpi/tables/SRAT");
        machine.KernelLog = ["ACPI: SRAT: Node 0 PXM 4 [mem 0x00000000-0x1ffffffff]", "ACPI: SRAT: Node 1 PXM 2 [mem 0x200000000-0x2ffffffff]"];

        IReadOnlyList<NumaNode> nodes = TopologyReader.Read(machine).Nodes;

        Assert.Equal([4u, 2u], nodes.Select(node => node.ProximityDomain!.Value));
        Assert.Equal("0x200000000-0x2ffffffff", string.Join(' ', nodes[1].Memory));
    }

    [Fact]
    public void SLIT_stands_in_for_distances_that_the_kernel_does_not_show()
    {
        InMemoryMachineSource machine = TwoNodes(0, 1, 2, 3)
            .Remove("/sys/devices/system/node/node1/distance")
            .File("/sys/firmware/acpi/tables/SLIT", AcpiTableBytes.Make("SLIT", 1, AcpiTableBytes.Le(5ul), [.. Enumerable.Range(0, 25).Select(i => (byte)(10 + i))]));

        // Row 2 of a 5 x 5 matrix, columns 4 (node 0) and 2 (node 1).
        Assert.Equal([10 + 14, 10 + 12], TopologyReader.Read(machine).Nodes[1].Distances);
    }

    [Fact]
    public void Machine_without_nodes_has_one_with_all_CPUs()
    {
        NumaNode node = Assert.Single(TopologyReader.Read(SmallServer.WithCpus(0, 1)).Nodes);

        Assert.Equal((0, "0-3"), (node.Number, node.Cpus.ToString()));
    }
}
