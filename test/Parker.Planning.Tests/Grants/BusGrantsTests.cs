using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Grants;

namespace Parker.Planning.Tests.Grants;

public sealed class BusGrantsTests
{
    [Fact]
    public void Evaluate_of_a_fit_server_gives_each_bus_once_and_grants_those_behind_root_ports()
    {
        BusGrants grants = BusGrants.Evaluate(TestMachine.Server());

        Assert.Equal(["0000:00", "0000:01", "0000:02", "0000:03"], grants.Candidates.Select(candidate => candidate.Buses.ToString()));
        Assert.Equal([false, true, true, false], grants.Candidates.Select(candidate => candidate.IsGrantable));
        Assert.Empty(grants.Candidates[1].Reasons);
    }

    [Fact]
    public void ToPartitionBus_of_a_grantable_bus_holds_all_that_a_plan_needs()
    {
        PartitionBus bus = BusGrants.Evaluate(TestMachine.Server()).Find(TestMachine.Nvme)!.ToPartitionBus();

        Assert.Equal(TestMachine.NvmePort, bus.RootPort);
        Assert.Equal(new PciBusRange(0, 1, 1), bus.Buses);
        Assert.Equal(new PhysicalAddress(0xB0000000), bus.EcamBase);
        Assert.Equal(
            [new PciWindow(TestMachine.Range(0xFE800000, 0xFE9FFFFF), false), new PciWindow(TestMachine.Range(0xC000000000, 0xC01FFFFFFF), true)],
            bus.Windows);
        Assert.Equal([TestMachine.Nvme], bus.Functions);
        Assert.Equal(0, bus.Node);
    }

    [Fact]
    public void ToPartitionBus_of_a_refused_bus_throws() =>
        Assert.Throws<InvalidOperationException>(() => BusGrants.Evaluate(TestMachine.Server()).Find(TestMachine.BootDisk)!.ToPartitionBus());

    [Fact]
    public void A_root_bus_is_refused_and_tells_what_is_used_on_it()
    {
        BusCandidate root = BusGrants.Evaluate(TestMachine.Server()).Find(TestMachine.BootDisk)!;

        Assert.Equal([GrantReasonId.NotBehindRootPort, GrantReasonId.InUse, GrantReasonId.SharedWithUsed], root.Reasons.Select(reason => reason.Id));
        Assert.Contains("mounted /dev/sda1 on /", root.Reasons[1].Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_port_is_refused() => AssertReasons(TestMachine.Server(), 3, GrantReasonId.NothingBehind);

    [Theory]
    [InlineData(PciUseKind.Mount, "umount")]
    [InlineData(PciUseKind.Swap, "swapoff")]
    [InlineData(PciUseKind.Volume, "vgreduce")]
    [InlineData(PciUseKind.NetworkInterface, "ip link")]
    [InlineData(PciUseKind.Console, "console=")]
    public void A_function_in_use_refuses_its_bus_with_the_way_to_free_it(PciUseKind kind, string remedy)
    {
        MachineTopology machine = TestMachine.Server().With(TestMachine.Nvme, function => function with { Uses = [new PciUse(kind, "the detail")] });

        GrantReason reason = AssertReasons(machine, 1, GrantReasonId.InUse);
        Assert.Contains("the detail", reason.Seen, StringComparison.Ordinal);
        Assert.Contains(remedy, reason.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_free_function_beside_a_used_one_is_refused_with_it()
    {
        MachineTopology machine = TestMachine.Server().With(TestMachine.NicSecond, function => function with { Uses = [new PciUse(PciUseKind.NetworkInterface, "eth1 (up)")] });

        BusCandidate bus = BusGrants.Evaluate(machine).Find(TestMachine.Nic)!;
        Assert.False(bus.IsGrantable);
        Assert.Equal(GrantReasonId.SharedWithUsed, Assert.Single(bus.ReasonsFor(TestMachine.Nic)).Id);
        Assert.Equal(GrantReasonId.InUse, Assert.Single(bus.ReasonsFor(TestMachine.NicSecond)).Id);
    }

    [Fact]
    public void A_driven_disk_is_refused_while_mounts_cannot_be_seen_but_not_one_without_a_driver()
    {
        MachineTopology machine = TestMachine.Server().WithPci(pci => pci with { UnseenUses = [new UnseenPciUse(PciUseKind.Mount, "/proc/self/mountinfo cannot be read")] });

        Assert.Contains("mountinfo", AssertReasons(machine, 1, GrantReasonId.UseUnknown).Seen, StringComparison.Ordinal);
        AssertReasons(machine.With(TestMachine.Nvme, function => function with { Driver = "" }), 1);
    }

    [Fact]
    public void A_bus_behind_a_bridge_that_is_no_root_port_is_refused()
    {
        MachineTopology machine = TestMachine.Server().With(
            TestMachine.NvmePort,
            port => port with { Bridge = port.Bridge! with { IsRootPort = false }, PcieType = new(PcieFunctionType.ConventionalPci, "config: no PCI Express capability") });

        AssertReasons(machine, 1, GrantReasonId.NotBehindRootPort);
    }

    [Fact]
    public void A_bus_behind_a_port_of_unknown_type_is_refused_until_root_reads_it()
    {
        MachineTopology machine = TestMachine.Server().With(TestMachine.NvmePort, port => port with { Bridge = port.Bridge! with { IsRootPort = false }, PcieType = new(null, "cut off") });

        Assert.Equal("Run as root.", AssertReasons(machine, 1, GrantReasonId.NotBehindRootPort).Remedy);
    }

    [Fact]
    public void Buses_that_two_ports_claim_are_refused_for_both()
    {
        MachineTopology machine = TestMachine.Server().With(TestMachine.NvmePort, port => port with { Bridge = port.Bridge! with { Subordinate = 2 } });

        BusCandidate[] overlapping = [.. BusGrants.Evaluate(machine).Candidates.Where(candidate => candidate.Reasons.Any(reason => reason.Id == GrantReasonId.BusesOverlap))];
        Assert.Equal([TestMachine.NvmePort, TestMachine.NicPort], overlapping.Select(candidate => candidate.Port!.Value));
    }

    [Fact]
    public void Ports_of_a_switch_belong_to_the_buses_of_its_root_port()
    {
        MachineTopology machine = TestMachine.Server()
            .With(TestMachine.NvmePort, port => port with { Bridge = port.Bridge! with { Subordinate = 1 } })
            .With(TestMachine.Nvme, function => function with { Class = 0x060400, Resources = [], HasMsix = new(false, "") })
            .With(TestMachine.NicPort, port => port with { Bridge = null });

        // Nothing but the bridge is left behind the port.
        AssertReasons(machine, 1, GrantReasonId.NothingBehind);
    }

    [Fact]
    public void A_bus_without_ecam_is_refused()
    {
        MachineTopology machine = TestMachine.Server();

        AssertReasons(machine.WithPci(pci => pci with { Ecam = [] }), 1, GrantReasonId.NoEcam);
        AssertReasons(machine.WithPci(pci => pci with { Ecam = [new EcamRange(new PhysicalAddress(0xB0000000), new PciBusRange(0, 2, 255))] }), 1, GrantReasonId.NoEcam);
    }

    [Fact]
    public void A_function_without_msi_is_refused_and_one_that_cannot_be_read_too()
    {
        MachineTopology machine = TestMachine.Server();

        AssertReasons(machine.With(TestMachine.Nvme, function => function with { HasMsix = new(false, "") }), 1, GrantReasonId.NoMsi);
        AssertReasons(machine.With(TestMachine.Nvme, function => function with { HasMsix = new(null, "cut off") }), 1, GrantReasonId.MsiUnknown);
        AssertReasons(machine.With(TestMachine.Nvme, function => function with { HasMsi = new(true, ""), HasMsix = new(null, "cut off") }), 1);
    }

    [Fact]
    public void Memory_outside_of_the_ports_windows_is_refused_but_not_its_rom()
    {
        MachineTopology machine = TestMachine.Server();

        AssertReasons(machine.With(TestMachine.Nvme, function => function with { Resources = [TestMachine.MemoryBar(0, 0xD0000000, 0xD0003FFF)] }), 1, GrantReasonId.WindowUnknown);
        AssertReasons(machine.With(TestMachine.NvmePort, port => port with { Resources = [] }), 1, GrantReasonId.WindowUnknown);
        AssertReasons(
            machine.With(TestMachine.NvmePort, port => port with { Resources = [.. port.Resources, TestMachine.MemoryBar(16, 0xE0000000, 0xE00FFFFF)] }),
            1,
            GrantReasonId.WindowUnknown);
        AssertReasons(machine.With(TestMachine.Nvme, function => function with { Resources = [.. function.Resources, TestMachine.MemoryBar(6, 0xC0000, 0xDFFFF)] }), 1);
    }

    [Fact]
    public void A_function_with_io_ports_alone_is_refused()
    {
        PciResource ports = new(0, TestMachine.Range(0x6000, 0x607F), true, false, false);
        MachineTopology machine = TestMachine.Server().With(TestMachine.Nvme, function => function with { Resources = [ports] });

        AssertReasons(machine, 1, GrantReasonId.OnlyIoPorts);
        AssertReasons(machine.With(TestMachine.Nvme, function => function with { Resources = [ports, TestMachine.MemoryBar(1, 0xFE800000, 0xFE803FFF)] }), 1);
    }

    [Fact]
    public void Virtual_functions_refuse_their_physical_one_with_the_way_to_switch_them_off()
    {
        MachineTopology machine = TestMachine.Server()
            .With(TestMachine.Nic, function => function with { VirtualFunctions = (1, 8) })
            .With(TestMachine.NicSecond, function => function with { PhysicalFunction = TestMachine.Nic });

        GrantReason reason = AssertReasons(machine, 2, GrantReasonId.VirtualFunctions);
        Assert.StartsWith("echo 0 > /sys/bus/pci/devices/0000:02:00.0/sriov_numvfs", reason.Remedy, StringComparison.Ordinal);
        AssertReasons(TestMachine.Server().With(TestMachine.Nic, function => function with { VirtualFunctions = (0, 8) }), 2);
    }

    [Fact]
    public void Interrupt_remapping_refuses_grants_without_a_unit()
    {
        MachineTopology machine = TestMachine.Server();

        GrantReason on = AssertReasons(machine.WithInterrupts(facts => facts with { Remapping = new(true, "DMAR-IR: Enabled IRQ remapping in x2apic mode") }), 1, GrantReasonId.RemappingOn);
        Assert.True(on.OnlyWithoutUnit);
        Assert.Contains("intremap=off", on.Remedy, StringComparison.Ordinal);
        AssertReasons(machine.WithInterrupts(facts => facts with { Remapping = new(null, "nothing tells it") }), 1, GrantReasonId.RemappingUnknown);
    }

    [Theory]
    [InlineData("quiet", true)]
    [InlineData("iommu=pt", false)]
    [InlineData("iommu=pt iommu=nopt", true)]
    [InlineData("iommu=soft,pt", false)]
    [InlineData("iommu.passthrough=1", false)]
    [InlineData("iommu=pt iommu.passthrough=0", true)]
    public void Translation_by_the_boot_kernel_refuses_unless_addresses_pass_through(string commandLine, bool refuses)
    {
        MachineTopology machine = TestMachine.Server().WithCommandLine(commandLine).With(TestMachine.Nvme, function => function with { IommuGroup = 7 });

        AssertReasons(machine, 1, refuses ? [GrantReasonId.Translated] : []);
    }

    [Fact]
    public void A_function_without_reset_is_granted_with_a_warning()
    {
        BusCandidate bus = BusGrants.Evaluate(TestMachine.Server().With(TestMachine.Nvme, function => function with { ResetMethods = [] })).Candidates[1];

        Assert.True(bus.IsGrantable);
        Assert.Equal(GrantReasonId.NoReset, Assert.Single(bus.Reasons).Id);
    }

    [Fact]
    public void Every_reason_says_what_would_work()
    {
        MachineTopology machine = TestMachine.Server()
            .With(TestMachine.Nvme, function => function with
            {
                Uses = [new PciUse(PciUseKind.Swap, "/dev/nvme0n1p3")],
                HasMsix = new(false, ""),
                Resources = [TestMachine.MemoryBar(0, 0xD0000000, 0xD0003FFF)],
                VirtualFunctions = (2, 2),
                IommuGroup = 1,
                ResetMethods = [],
            })
            .WithInterrupts(facts => facts with { Remapping = new(true, "on") })
            .WithPci(pci => pci with { Ecam = [] });

        BusCandidate bus = BusGrants.Evaluate(machine).Find(TestMachine.Nvme)!;
        Assert.Equal(8, bus.Reasons.Count);
        Assert.All(bus.Reasons, reason => Assert.NotEqual("", reason.Remedy));
        Assert.All(bus.Reasons, reason => Assert.EndsWith(".", reason.Seen, StringComparison.Ordinal));
    }

    private static GrantReason AssertReasons(MachineTopology machine, byte bus, params string[] ids)
    {
        BusCandidate candidate = BusGrants.Evaluate(machine).Candidates.First(candidate => candidate.Buses.First == bus);
        Assert.Equal(ids, candidate.Reasons.Select(reason => reason.Id));
        Assert.Equal(ids.Length == 0, candidate.IsGrantable);
        return candidate.Reasons.Count > 0 ? candidate.Reasons[0] : null!;
    }
}
