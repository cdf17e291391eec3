using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Planning.Tests.Explicit;

public sealed class ExplicitPlannerTests
{
    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void Counted_cpus_are_whole_cores_near_the_device_with_memory_of_that_node()
    {
        PartitionPlan plan = Plan(Wish(4) with { Devices = [TestMachine.NicSecond] });

        Assert.Equal("5-6,13-14", Cpus(plan));
        Assert.Equal([5u * 2, 6u * 2, (5 * 2) + 1, (6 * 2) + 1], plan.Cpus.Select(cpu => cpu.ApicId.Value));
        Assert.All(plan.Cpus, cpu => Assert.Equal(1, cpu.Node));
        Assert.Equal(new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x400000000), ByteSize.FromGibibytes(1)), 1), Assert.Single(plan.Memory));
        PartitionBus bus = Assert.Single(plan.Buses);
        Assert.Equal(TestMachine.NicPort, bus.RootPort);
        Assert.Equal([TestMachine.Nic, TestMachine.NicSecond], bus.Functions);
        Assert.Equal(new PhysicalAddress(0x10000), plan.LowSlot);
        Assert.Equal([[10, 21], [21, 10]], plan.NodeDistances);
        Assert.Equal(2_300_000, plan.TscKilohertz);
        Assert.Equal(0xFEu, plan.PhantomApicId.Value);
        Assert.True(plan.Processor.HasGibibytePages);
    }

    [Fact]
    public void Boot_cpu_and_its_sibling_are_never_counted()
    {
        PartitionPlan plan = Plan(Wish(6) with { Node = 0 });

        Assert.Equal("1-3,9-11", Cpus(plan));
        Assert.Null(TryPlan(Wish(7) with { Node = 0 }));
        Diagnostic problem = Assert.Single(_diagnostics);
        Assert.Equal("FIT013", problem.Id);
        Assert.Contains("6 on node 0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Count_that_fits_on_no_node_is_spread_over_both()
    {
        PartitionPlan plan = Plan(Wish(10));

        Assert.Equal(10, plan.Cpus.Count);
        Assert.Equal([0, 1], plan.Nodes);
        Assert.DoesNotContain(plan.Cpus, cpu => cpu.Number is 0 or 8);
    }

    [Fact]
    public void Fullest_node_with_room_is_taken_and_nothing_is_given_twice()
    {
        PartitionPlan first = Plan(Wish(2));
        PartitionPlan second = Plan(Wish(2) with { Name = PartitionName.Parse("b") }, first);

        Assert.Equal("1,9", Cpus(first));
        Assert.Equal("2,10", Cpus(second));
        Assert.Equal(new PhysicalAddress(0x20000), second.LowSlot);
        Assert.False(first.PrimaryRange.Overlaps(second.PrimaryRange));
    }

    [Fact]
    public void What_other_partitions_hold_is_not_given_again()
    {
        PartitionPlan first = Plan(Wish(2) with { Devices = [TestMachine.Nvme] });

        Assert.Null(TryPlan(Wish(2), first));
        Assert.Null(TryPlan(
            Wish(0) with { Name = PartitionName.Parse("b"), Cpus = CpuSet.Parse("1,3"), Devices = [TestMachine.Nvme], MemoryRanges = [first.PrimaryRange], UartPort = 0x2f8 },
            first with { UartPort = 0x2f8 }));

        Assert.Equal(["FIT006", "FIT005", "FIT014", "FIT021", "FIT007"], _diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(new PhysicalAddress(0x30000), SlotOwnerBeside(first with { LowSlot = new PhysicalAddress(0x18000) }).LowSlot);

        static PartitionPlan SlotOwnerBeside(PartitionPlan other) => new ExplicitPlanner(TestMachine.Server(), [other]).TryPlan(Wish(2) with { Name = PartitionName.Parse("b") }, [])!;
    }

    [Fact]
    public void Count_becomes_whole_cores_and_no_core_is_shared()
    {
        PartitionPlan first = Plan(Wish(1));
        PartitionPlan second = Plan(Wish(2) with { Name = PartitionName.Parse("b"), Node = 0 }, first);

        Assert.Equal("1,9", Cpus(first));
        Assert.Equal("2,10", Cpus(second));
    }

    [Fact]
    public void Cpus_with_apic_ids_above_254_are_counted_for_the_owner_of_a_unit_alone()
    {
        MachineTopology machine = TestMachine.Server().WithUnits();
        machine = machine with { Cpus = [.. machine.Cpus.Select(cpu => cpu.Node == 0 && cpu.Number != 0 ? cpu with { ApicId = new(new ApicId(300 + (uint)cpu.Number), "/proc/cpuinfo") } : cpu)] };

        Assert.Null(new ExplicitPlanner(machine, []).TryPlan(Wish(2) with { Node = 0 }, _diagnostics));
        Assert.Equal("1,9", Cpus(new ExplicitPlanner(machine, []).TryPlan(Wish(2) with { Node = 0, Devices = [TestMachine.Nvme] }, [])!));
    }

    [Fact]
    public void Plan_that_the_validator_refuses_is_not_given()
    {
        Assert.Null(TryPlan(Wish(0) with { Cpus = CpuSet.Parse("0,8") }));

        Assert.Equal("PLAN003", Assert.Single(_diagnostics).Id);
    }

    [Fact]
    public void Memory_beyond_one_node_comes_in_ranges_with_the_largest_first()
    {
        PartitionPlan first = Plan(Wish(2) with { MemorySize = ByteSize.FromGibibytes(3) });
        PartitionPlan second = Plan(Wish(2) with { Name = PartitionName.Parse("b"), MemorySize = ByteSize.FromGibibytes(5) }, first);

        Assert.Equal(ByteSize.FromGibibytes(5).Bytes, second.Memory.Aggregate(0UL, (sum, memory) => sum + memory.Range.Length.Bytes));
        Assert.Equal(ByteSize.FromGibibytes(4), second.Memory[0].Range.Length);
        Assert.Equal([1, 0], second.Memory.Select(memory => memory.Node));
    }

    [Fact]
    public void Too_much_memory_is_refused_with_what_is_free_where()
    {
        Assert.Null(TryPlan(Wish(2) with { MemorySize = ByteSize.FromGibibytes(9) }));

        Diagnostic problem = Assert.Single(_diagnostics);
        Assert.Equal("FIT022", problem.Id);
        Assert.Contains("8GiB of the pool are free (4GiB on node 0, 4GiB on node 1)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_resources_are_taken_as_they_are()
    {
        PhysicalRange range = new(new PhysicalAddress(0x440000000), ByteSize.FromMebibytes(512));
        PartitionPlan plan = Plan(Wish(0) with { Cpus = CpuSet.Parse("3,14"), MemoryRanges = [range] });

        Assert.Equal("3,14", Cpus(plan));
        Assert.Equal(new PartitionMemory(range, 1), Assert.Single(plan.Memory));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        Assert.Null(TryPlan(Wish(0) with
        {
            Cpus = CpuSet.Parse("1,99"),
            MemoryRanges = [new PhysicalRange(new PhysicalAddress(0x100000), ByteSize.FromMebibytes(2))],
            Devices = [TestMachine.BootDisk, PciAddress.Parse("0000:77:00.0")],
        }));

        string[] ids = [.. _diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id)];
        Assert.Contains("FIT011", ids);
        Assert.Contains("FIT021", ids);
        Assert.Contains("FIT003", ids);
        Assert.Contains(ids, id => id.StartsWith("BUS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FIT001")]
    [InlineData("FIT002")]
    [InlineData("FIT004")]
    [InlineData("FIT010")]
    [InlineData("FIT012")]
    [InlineData("FIT020")]
    public void Wish_that_cannot_be_is_refused(string id)
    {
        MachineTopology machine = TestMachine.Server();
        PartitionWish wish = Wish(2);
        (machine, wish) = id switch
        {
            "FIT001" => (machine, wish with { Node = 7 }),
            "FIT002" => (machine with { Tsc = new TscFacts(null, TscSource.Unknown, "no perf", new(true, "tsc")) }, wish),
            "FIT004" => (machine.WithMemory(memory => memory with { LowPool = PhysicalRangeSet.Empty }), wish),
            "FIT010" => (machine, wish with { CpuCount = 0 }),
            "FIT012" => (machine.WithCpu(5, cpu => cpu with { ApicId = new(null, "no MADT") }), wish with { Cpus = CpuSet.Of(5) }),
            _ => (machine, wish with { MemorySize = ByteSize.Zero }),
        };

        Assert.Null(new ExplicitPlanner(machine, []).TryPlan(wish, _diagnostics));

        Diagnostic problem = Assert.Single(_diagnostics);
        Assert.Equal(id, problem.Id);
        Assert.NotEmpty(problem.Remedy);
    }

    [Fact]
    public void Phantom_is_an_id_that_no_cpu_and_no_madt_entry_has()
    {
        MachineTopology machine = TestMachine.Server().WithInterrupts(interrupts => interrupts with
        {
            Processors = [.. Enumerable.Range(0x80, 0x7F).Select(id => new MadtProcessor(new ApicId((uint)id), (uint)id, false, false))],
        });

        Assert.Equal(0x7Fu, new ExplicitPlanner(machine, []).TryPlan(Wish(1), _diagnostics)!.PhantomApicId.Value);
    }

    private static PartitionWish Wish(int cpus) => new()
    {
        Name = PartitionName.Parse("a"),
        CpuCount = cpus,
        MemorySize = ByteSize.FromGibibytes(1),
        KernelPath = "/boot/vmlinuz",
    };

    private static string Cpus(PartitionPlan plan) => CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)).ToString();

    private PartitionPlan? TryPlan(PartitionWish wish, params PartitionPlan[] taken) => new ExplicitPlanner(TestMachine.Server(), taken).TryPlan(wish, _diagnostics);

    private PartitionPlan Plan(PartitionWish wish, params PartitionPlan[] taken)
    {
        PartitionPlan? plan = TryPlan(wish, taken);
        Assert.DoesNotContain(_diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return plan!;
    }
}
