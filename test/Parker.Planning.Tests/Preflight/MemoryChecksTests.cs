using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Planning.Preflight;

namespace Parker.Planning.Tests.Preflight;

public sealed class MemoryChecksTests
{
    [Fact]
    public void Pool_tells_its_size_on_each_node() => Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Ok, TestMachine.Server(), "8 GiB in node 0: 4 GiB, node 1: 4 GiB");

    [Fact]
    public void Pool_that_is_absent_is_missing_with_a_boot_parameter_for_this_machine()
    {
        MachineTopology machine = TestMachine.Server().WithCommandLine("quiet").WithMemory(memory => memory with { Pool = PhysicalRangeSet.Empty });

        Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Missing, machine, "no memmap=", "Boot with memmap=11G$0x340000000 (");
        Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Missing, machine.WithMemory(memory => memory with { Firmware = [] }), fix: "memmap=SIZE$ADDRESS");
    }

    [Fact]
    public void Pool_that_the_firmware_does_not_call_ram_is_missing_with_the_readers_words()
    {
        MachineTopology machine = TestMachine.Server().WithMemory(memory => memory with { Pool = PhysicalRangeSet.Empty }).WithFinding("TOPO033", "/proc/cmdline");

        Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Missing, machine, "This user may not read the file.");
    }

    [Fact]
    public void Pool_too_small_for_a_kernel_is_a_warning_and_one_without_a_large_page_missing()
    {
        Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Warn, With(0x200000000, 0x203FFFFFF), "no range has the 128 MiB");
        Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Missing, With(0x200001000, 0x2001FFFFF), "no whole 2 MiB");

        static MachineTopology With(ulong first, ulong last) => TestMachine.Server().WithMemory(memory => memory with { Pool = TestMachine.Ranges(TestMachine.Range(first, last)) });
    }

    [Fact]
    public void Pools_are_unknown_while_what_proves_them_cannot_be_read()
    {
        MachineTopology machine = TestMachine.Server();
        MachineTopology[] blind =
        [
            machine.WithFinding("TOPO001", "/proc/cmdline"),
            machine.WithMemory(memory => memory with { Resources = [] }).WithFinding("TOPO030", "/proc/iomem"),
            machine.WithMemory(memory => memory with { Resources = [] }),
            machine.WithMemory(memory => memory with { Firmware = [], Pool = PhysicalRangeSet.Empty, LowPool = PhysicalRangeSet.Empty }),
        ];

        Assert.All(blind, one => Checked.Is(CheckCatalog.MemoryPool, CheckStatus.Unknown, one, fix: "Run as root."));
        Assert.All(blind, one => Checked.Is(CheckCatalog.LowSlots, CheckStatus.Unknown, one, fix: "Run as root."));
    }

    [Fact]
    public void Low_slots_are_counted_in_one_region() => Checked.Is(CheckCatalog.LowSlots, CheckStatus.Ok, TestMachine.Server(), "8 slots of 64 KiB in 0x10000-0x8ffff");

    [Fact]
    public void Low_slots_above_640_kib_do_not_count() =>
        Checked.Is(CheckCatalog.LowSlots, CheckStatus.Ok, WithLow(TestMachine.Range(0x90000, 0xAFFFF)), "1 slot of 64 KiB in 0x90000-0x9ffff");

    [Fact]
    public void Low_slots_in_two_regions_are_a_warning() =>
        Checked.Is(CheckCatalog.LowSlots, CheckStatus.Warn, WithLow(TestMachine.Range(0x10000, 0x2FFFF), TestMachine.Range(0x40000, 0x4FFFF)), "3 slots", "memmap=512K$0x10000");

    [Fact]
    public void Low_slots_that_are_absent_are_missing_with_a_boot_parameter_for_this_machine()
    {
        Checked.Is(CheckCatalog.LowSlots, CheckStatus.Missing, WithLow(), "below 640 KiB", "Boot with memmap=512K$0x10000 (");
        Checked.Is(CheckCatalog.LowSlots, CheckStatus.Missing, WithLow(TestMachine.Range(0x10000, 0x1EFFF)), "no whole 64 KiB slot");
    }

    [Theory]
    [InlineData(0x9FBFFUL, "memmap=512K$0x10000")]
    [InlineData(0x9FFFFUL, "memmap=512K$0x10000")]
    [InlineData(0x9CFFFUL, "memmap=448K$0x10000")]
    [InlineData(0x1FFFFUL, "memmap=<n x 64K>$ADDRESS")]
    [InlineData(0xFFFFUL, "memmap=512K$0x10000")]
    public void Low_slots_proposed_leave_the_boot_kernel_room_for_its_own_trampolines(ulong last, string parameter)
    {
        MachineTopology machine = WithLow().WithMemory(memory => memory with { Firmware = [new FirmwareMemoryRange(TestMachine.Range(0x1000, last), "System RAM"), memory.Firmware[1]] });

        Checked.Is(CheckCatalog.LowSlots, CheckStatus.Missing, machine, fix: $"Boot with {parameter} (");
    }

    [Fact]
    public void Low_slots_below_64_kib_do_not_count() =>
        Checked.Is(CheckCatalog.LowSlots, CheckStatus.Ok, WithLow(TestMachine.Range(0x1000, 0x2FFFF)), "2 slots of 64 KiB in 0x10000-0x2ffff");

    [Theory]
    [InlineData("memmap=1G$4G memmap=1G$6G,1G$8G memmap=64K$64K", CheckStatus.Ok)]
    [InlineData("memmap=1G$4G memmap=1G$6G,1G$8G,1G$10G memmap=64K$64K", CheckStatus.Warn)]
    [InlineData("memmap=1G$4G memmap=1G$6G,1G$8G,1G$10G memmap=64K$64K nokaslr", CheckStatus.Ok)]
    [InlineData("memmap=exactmap memmap=1G$4G,1G@6G,1G#8G,1G!10G", CheckStatus.Ok)]
    public void Memmap_regions_beyond_four_are_a_warning(string commandLine, CheckStatus status) =>
        Checked.Is(CheckCatalog.MemmapRegions, status, TestMachine.Server().WithCommandLine(commandLine), "memmap regions");

    [Fact]
    public void Memmap_regions_are_unknown_without_the_command_line() =>
        Checked.Is(CheckCatalog.MemmapRegions, CheckStatus.Unknown, TestMachine.Server().WithFinding("TOPO003", "/proc/cmdline"));

    [Fact]
    public void Hot_added_memory_is_told_but_not_needed()
    {
        Checked.Is(CheckCatalog.MovableMemory, CheckStatus.Ok, TestMachine.Server(), "not needed");
        Checked.Is(CheckCatalog.MovableMemory, CheckStatus.Ok, TestMachine.Server().WithCommandLine("memhp_default_state=online_movable"), "memhp_default_state=online_movable");
    }

    private static MachineTopology WithLow(params PhysicalRange[] ranges) => TestMachine.Server().WithMemory(memory => memory with { LowPool = PhysicalRangeSet.Of(ranges) });
}
