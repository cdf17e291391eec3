using Parker.Machine.Topology;
using Parker.Machine.Topology.Reading;

namespace Parker.Machine.Tests.Topology.Reading;

public sealed class MemoryReaderTests
{
    private const string Iomem = """
        00000000-00000fff : Reserved
        00001000-0004ffff : System RAM
        00050000-0006ffff : Reserved
        00070000-0009fbff : System RAM
        00100000-7fffffff : System RAM
          01000000-02276507 : Kernel code
        80000000-8fffffff : Reserved
        100000000-10fffffff : System RAM
        110000000-14fffffff : Reserved
        150000000-17fffffff : System RAM

        """;

    private static InMemoryMachineSource Machine(string commandLine, string iomem = Iomem)
    {
        InMemoryMachineSource machine = new InMemoryMachineSource().File("/proc/cmdline", commandLine + "\n").File("/proc/iomem", iomem);
        Firmware(0, "0x0", "0x9fbff", "System RAM");
        Firmware(1, "0x100000", "0x7fffffff", "System RAM");
        Firmware(2, "0x80000000", "0x8fffffff", "Reserved");
        Firmware(3, "0x100000000", "0x17fffffff", "System RAM");
        return machine;

        void Firmware(int index, string start, string end, string type) => machine
            .File($"/sys/firmware/memmap/{index}/start", start + "\n")
            .File($"/sys/firmware/memmap/{index}/end", end + "\n")
            .File($"/sys/firmware/memmap/{index}/type", type + "\n");
    }

    [Theory]
    [InlineData("memmap=1G$0x110000000", "0x110000000-0x14fffffff", "")]
    [InlineData("memmap=1G$0x110000000,128K$0x50000", "0x110000000-0x14fffffff", "0x50000-0x6ffff")]
    [InlineData("memmap=0x40000000$0x110000000 memmap=131072$320K", "0x110000000-0x14fffffff", "0x50000-0x6ffff")]
    [InlineData("memmap=010000000000$0x110000000", "0x110000000-0x14fffffff", "")]
    [InlineData("quiet", "", "")]
    [InlineData("memmap=1G%0x110000000-1+0xefffffff memmap=1G@0x110000000", "", "")]
    [InlineData("memmap=4G$", "", "")]
    [InlineData("memmap=1E$0xffffffffffff0000", "", "")]
    [InlineData("memmap=256M$0x80000000", "", "")]
    [InlineData("memmap=2G$0x110000000", "0x110000000-0x14fffffff", "")]
    public void Pool_is_RAM_that_memmap_keeps_out_of_use(string commandLine, string pool, string low)
    {
        MemoryMap memory = TopologyReader.Read(Machine(commandLine)).Memory;

        Assert.Equal(pool, string.Join(' ', memory.Pool));
        Assert.Equal(low, string.Join(' ', memory.LowPool));
    }

    [Theory]
    [InlineData("memmap=4G$", "TOPO031")]
    [InlineData("memmap=256M$0x80000000", "TOPO033")]
    [InlineData("memmap=2G$0x110000000", "TOPO034")]
    public void Odd_memmap_is_reported(string commandLine, string id) =>
        Assert.Contains(TopologyReader.Read(Machine(commandLine)).Diagnostics, diagnostic => diagnostic.Id == id);

    [Fact]
    public void Resources_keep_their_depth()
    {
        MemoryMap memory = TopologyReader.Read(Machine("")).Memory;

        Assert.Equal(new MemoryResource(PhysicalRange.Parse("01000000-02276507"), "Kernel code", 1), memory.Resources[5]);
        Assert.Equal("0x1000-0x4ffff 0x70000-0x9fbff 0x100000-0x7fffffff 0x100000000-0x10fffffff 0x150000000-0x17fffffff", string.Join(' ', memory.SystemRam));
    }

    [Fact]
    public void Zeros_instead_of_addresses_are_told_and_the_pool_comes_from_the_rest()
    {
        MachineTopology topology = TopologyReader.Read(Machine("memmap=1G$0x110000000", "00000000-00000000 : Reserved\n00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n"));

        Assert.Empty(topology.Memory.Resources);
        Assert.Contains(topology.Diagnostics, diagnostic => diagnostic.Id == "TOPO030");
        Assert.Equal("0x110000000-0x14fffffff", string.Join(' ', topology.Memory.Pool));
    }

    [Fact]
    public void Kernel_log_stands_in_for_the_firmwares_map()
    {
        InMemoryMachineSource machine = new InMemoryMachineSource().File("/proc/cmdline", "memmap=1G$0x110000000\n").File("/proc/iomem", Iomem);
        machine.KernelLog = ["BIOS-e820: [mem 0x0000000100000000-0x000000017fffffff] usable", "BIOS-e820: [mem 0x0000000080000000-0x000000008fffffff] reserved"];

        MemoryMap memory = TopologyReader.Read(machine).Memory;

        Assert.Equal("0x110000000-0x14fffffff", string.Join(' ', memory.Pool));
        Assert.Equal(["Reserved", "System RAM"], memory.Firmware.Select(range => range.Type));
    }

    [Fact]
    public void Unknown_firmware_map_gives_no_pool()
    {
        MachineTopology topology = TopologyReader.Read(new InMemoryMachineSource().File("/proc/cmdline", "memmap=1G$0x110000000\n").File("/proc/iomem", Iomem));

        Assert.True(topology.Memory.Pool.IsEmpty);
        Assert.Contains(topology.Diagnostics, diagnostic => diagnostic.Id == "TOPO032");
    }

    [Theory]
    [InlineData(" : System RAM")]
    [InlineData("  : Kernel code")]
    [InlineData("100000 - 7fffffff System RAM")]
    [InlineData("7fffffff-00100000 : System RAM")]
    [InlineData("00100000-ffffffffffffffff : System RAM")]
    public void Line_without_a_range_is_reported_and_the_others_are_read(string line)
    {
        MachineTopology topology = TopologyReader.Read(Machine("quiet", Iomem + line + "\n"));

        Assert.Contains(topology.Diagnostics, diagnostic => diagnostic.Place.Contains("/proc/iomem", StringComparison.Ordinal));
        Assert.Contains(topology.Memory.Resources, resource => resource.Name == "Kernel code");
    }
}
