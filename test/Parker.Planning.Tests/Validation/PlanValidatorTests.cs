using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Explicit;
using Parker.Planning.Grants;
using Parker.Planning.Validation;

namespace Parker.Planning.Tests.Validation;

public sealed class PlanValidatorTests
{
    private static readonly MachineTopology Machine = TestMachine.Server();
    private static readonly MachineTopology WithUnits = TestMachine.Server().WithUnits();
    private static readonly PartitionPlan Plan = PlanOn(Machine);
    private static readonly PartitionPlan Owner = PlanOn(WithUnits);

    [Fact]
    public void Plan_of_the_planner_fits_its_machine()
    {
        Assert.Null(Plan.Iommu);
        Assert.NotNull(Owner.Iommu);
        AssertFindings(Plan, Machine);
        AssertFindings(Owner, WithUnits);
    }

    [Fact]
    public void No_cpu_and_a_cpu_twice_are_refused()
    {
        AssertFindings(Plan with { Cpus = [] }, Machine, PlanDiagnosticId.CpuCount);
        AssertFindings(Plan with { Cpus = [.. Plan.Cpus, Plan.Cpus[0]] }, Machine, PlanDiagnosticId.CpuCount);
    }

    [Fact]
    public void Cpu_that_the_machine_does_not_have_is_refused() =>
        Assert.Contains("0-15", AssertFindings(Plan with { Cpus = [.. Plan.Cpus, new PartitionCpu(99, new ApicId(99), 0)] }, Machine, PlanDiagnosticId.CpuAbsent).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Cpu_that_the_machine_started_on_is_refused() =>
        AssertFindings(Plan with { Cpus = [Cpu(0), Cpu(8)] }, Machine, PlanDiagnosticId.CpuIsBootProcessor);

    [Fact]
    public void Cpu_that_cannot_go_offline_is_refused() =>
        AssertFindings(Plan, Machine.WithCpu(1, cpu => cpu with { CanGoOffline = new(false, "online: missing") }), PlanDiagnosticId.CpuStaysOnline);

    [Fact]
    public void Cpu_that_is_offline_is_refused_unless_parker_holds_it()
    {
        MachineTopology offline = Machine.WithCpu(1, cpu => cpu with { Online = false });

        Assert.Equal(DiagnosticSeverity.Error, AssertFindings(Plan, offline, PlanDiagnosticId.CpuOffline).Severity);
        Assert.Empty(PlanValidator.Validate(Plan, offline, CpuSet.Of(1)));
    }

    [Fact]
    public void Cpu_with_another_apic_id_or_node_than_planned_is_refused()
    {
        AssertFindings(Plan, Machine.WithCpu(1, cpu => cpu with { ApicId = new(new ApicId(77), "") }), PlanDiagnosticId.CpuDiffers);
        AssertFindings(Plan, Machine.WithCpu(1, cpu => cpu with { ApicId = new(null, "no MADT") }), PlanDiagnosticId.CpuDiffers);
        AssertFindings(Plan, Machine.WithCpu(1, cpu => cpu with { Node = 1 }), PlanDiagnosticId.CpuDiffers);
    }

    [Fact]
    public void Apic_id_above_254_is_refused_without_a_unit()
    {
        AssertFindings(WithId(Plan), Machine.WithCpu(1, High), PlanDiagnosticId.ApicIdTooHigh);
        AssertFindings(WithId(Owner), WithUnits.WithCpu(1, High));

        static LogicalCpu High(LogicalCpu cpu) => cpu with { ApicId = new(new ApicId(300), "/proc/cpuinfo") };
        static PartitionPlan WithId(PartitionPlan plan) => plan with { Cpus = [.. plan.Cpus.Select(cpu => cpu.Number == 1 ? cpu with { ApicId = new ApicId(300) } : cpu)] };
    }

    [Fact]
    public void Locked_x2apic_mode_is_refused_without_a_unit_and_an_unknown_lock_too()
    {
        AssertFindings(Plan, Machine.WithInterrupts(Locked), PlanDiagnosticId.X2apicLocked);
        AssertFindings(Plan, Machine.WithInterrupts(facts => facts with { X2apicLocked = new(null, "denied") }), PlanDiagnosticId.X2apicLocked);
        AssertFindings(Owner, WithUnits.WithInterrupts(Locked));

        static InterruptFacts Locked(InterruptFacts facts) => facts with { X2apicLocked = new(true, "MSR 0xbd") };
    }

    [Fact]
    public void Core_that_is_split_is_a_warning_with_the_other_thread()
    {
        Diagnostic finding = AssertFindings(Plan with { Cpus = [Cpu(1)] }, Machine, PlanDiagnosticId.CoreSplit);

        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Equal("Give it 9 too.", finding.Remedy);
    }

    [Fact]
    public void Memory_must_be_there_in_the_pool_and_on_its_node()
    {
        AssertFindings(Plan with { Memory = [] }, Machine, PlanDiagnosticId.NoMemory);
        AssertFindings(WithMemory(0x1FFE00000, 0x2003FFFFF, 0), Machine, PlanDiagnosticId.MemoryOutsidePool);
        AssertFindings(WithMemory(0x400000000, 0x41FFFFFFF, 0), Machine, PlanDiagnosticId.MemoryNode);
        AssertFindings(WithMemory(0x400000000, 0x41FFFFFFF, 1), Machine);

        static PartitionPlan WithMemory(ulong first, ulong last, int node) => Plan with { Memory = [new PartitionMemory(TestMachine.Range(first, last), node)] };
    }

    [Fact]
    public void Memory_of_a_machine_with_one_node_that_tells_no_addresses_is_on_that_node()
    {
        MachineTopology one = Machine with { Nodes = [Machine.Nodes[0] with { Memory = PhysicalRangeSet.Empty }] };

        AssertFindings(Plan, one);
        AssertFindings(Plan with { Memory = [Plan.Memory[0] with { Node = 1 }] }, one, PlanDiagnosticId.MemoryNode);
    }

    [Theory]
    [InlineData(0x8000UL)]
    [InlineData(0x88000UL)]
    [InlineData(0x100000UL)]
    public void Low_slot_outside_of_the_low_pool_is_refused(ulong slot) =>
        AssertFindings(Plan with { LowSlot = new PhysicalAddress(slot) }, Machine, PlanDiagnosticId.LowSlotOutsidePool);

    [Fact]
    public void Buses_that_the_machine_does_not_have_so_are_refused()
    {
        PartitionBus bus = Plan.Buses[0];

        AssertFindings(Plan with { Buses = [bus with { RootPort = TestMachine.NicPort }] }, Machine, PlanDiagnosticId.BusDiffers);
        AssertFindings(Plan with { Buses = [bus with { EcamBase = new PhysicalAddress(0xE0000000) }] }, Machine, PlanDiagnosticId.BusDiffers);
        AssertFindings(Plan with { Buses = [bus with { Windows = [bus.Windows[0]] }] }, Machine, PlanDiagnosticId.BusDiffers);
        AssertFindings(Plan with { Buses = [bus with { Functions = [] }] }, Machine, PlanDiagnosticId.BusDiffers);
        AssertFindings(Plan with { Buses = [bus with { Node = 1 }] }, Machine, PlanDiagnosticId.BusDiffers);
        AssertFindings(Plan with { Buses = [bus with { Windows = [.. bus.Windows.Reverse()] }] }, Machine);
        AssertFindings(Plan with { Buses = [bus, bus] }, Machine, PlanDiagnosticId.BusTwice);
    }

    [Fact]
    public void Buses_that_cannot_be_granted_any_more_are_refused_with_their_reasons()
    {
        Diagnostic finding = AssertFindings(Plan, Machine.WithInterrupts(facts => facts with { Remapping = new(true, "on") }), GrantReasonId.RemappingOn);
        Assert.Equal("partition db: PCI bus 0000:01 behind 0000:00:03.0", finding.Place);

        AssertFindings(Plan, Machine.With(TestMachine.Nvme, function => function with { Uses = [new PciUse(PciUseKind.Mount, "/dev/nvme0n1 on /srv")] }), GrantReasonId.InUse);
    }

    [Fact]
    public void Unit_must_be_the_machines_free_and_above_exactly_the_buses()
    {
        AssertFindings(Owner, Machine, PlanDiagnosticId.UnitDiffers);
        AssertFindings(Owner with { Iommu = Owner.Iommu! with { HostAddressWidth = 39 } }, WithUnits, PlanDiagnosticId.UnitDiffers);
        AssertFindings(Owner with { Buses = [] }, WithUnits, PlanDiagnosticId.UnitDiffers);
        AssertFindings(Owner, WithUnits.WithInterrupts(facts => facts with { Remapping = new(true, "on") }), GrantReasonId.UnitRemaps);
    }

    [Fact]
    public void Tsc_frequency_must_be_the_machines()
    {
        AssertFindings(Plan with { TscKilohertz = 1 }, Machine, PlanDiagnosticId.TscDiffers);
        AssertFindings(Plan, Machine with { Tsc = new TscFacts(null, TscSource.Unknown, "nothing", new(true, "")) }, PlanDiagnosticId.TscDiffers);
        AssertFindings(Plan, Machine with { Tsc = new TscFacts(2_300_000_900, TscSource.Measured, "values", new(true, "")) });
    }

    [Fact]
    public void Phantom_that_is_a_cpu_is_refused_with_a_free_one() =>
        Assert.Contains("254", AssertFindings(Plan with { PhantomApicId = new ApicId(3) }, Machine, PlanDiagnosticId.PhantomTaken).Remedy, StringComparison.Ordinal);

    [Fact]
    public void Distances_must_hold_the_partitions_nodes()
    {
        AssertFindings(Plan with { NodeDistances = [] }, Machine, PlanDiagnosticId.DistancesMissing);
        AssertFindings(Plan with { NodeDistances = [[10, 21], [21]] }, Machine, PlanDiagnosticId.DistancesMissing);
    }

    [Fact]
    public void Processor_traits_must_be_the_machines()
    {
        AssertFindings(Plan with { Processor = new ProcessorTraits(true, 52) }, Machine, PlanDiagnosticId.TraitsDiffer);
        AssertFindings(Plan, Machine with { Processor = Machine.Processor with { Flags = new HashSet<string>(["lm"]) } }, PlanDiagnosticId.TraitsDiffer);
        AssertFindings(Plan, Machine with { Processor = Machine.Processor with { PhysicalAddressBits = 0 } }, PlanDiagnosticId.TraitsDiffer);
        AssertFindings(Plan with { Processor = new ProcessorTraits(false, 46) }, Machine);
    }

    [Theory]
    [InlineData(0x2F8, "console=ttyS0,115200", true)]
    [InlineData(0x3F8, "console=ttyS0,115200", false)]
    [InlineData(0x3F8, "console=tty0 console=ttyS0", false)]
    [InlineData(0x3F8, "quiet", true)]
    [InlineData(0x3FA, "quiet", false)]
    public void Uart_must_be_one_and_not_the_boot_kernels_console(int port, string commandLine, bool fits) =>
        AssertFindings(Plan with { UartPort = (ushort)port }, Machine.WithCommandLine(commandLine), fits ? [] : [PlanDiagnosticId.Uart]);

    private static PartitionPlan PlanOn(MachineTopology machine) => new ExplicitPlanner(machine, []).TryPlan(
        new PartitionWish
        {
            Name = PartitionName.Parse("db"),
            Cpus = CpuSet.Parse("1,9"),
            MemorySize = ByteSize.FromGibibytes(1),
            Devices = [TestMachine.Nvme],
            KernelPath = "/boot/vmlinuz",
        },
        [])!;

    private static PartitionCpu Cpu(int number) => new(number, Machine.Cpus[number].ApicId.Value!.Value, Machine.Cpus[number].Node);

    private static Diagnostic AssertFindings(PartitionPlan plan, MachineTopology machine, params string[] ids)
    {
        IReadOnlyList<Diagnostic> findings = PlanValidator.Validate(plan, machine);
        Assert.Equal(ids, findings.Select(finding => finding.Id).Distinct());
        Assert.All(findings, finding => Assert.StartsWith("partition db", finding.Place, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.NotEqual("", finding.Remedy));
        return findings.Count > 0 ? findings[0] : null!;
    }
}
