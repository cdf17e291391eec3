using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Difference;
using Parker.Planning.Explicit;

namespace Parker.Planning.Tests.Explicit;

/// <summary>The pool is 4 GiB from 0x2_0000_0000 on of node 0, and 4 GiB from 0x4_0000_0000 on of node 1.</summary>
public sealed class ElasticMemoryPlannerTests
{
    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void All_of_the_pool_that_is_not_its_own_may_come_in_whole_blocks_and_its_kernel_is_told_of_both_nodes()
    {
        PartitionPlan plan = Create(512, max: 1536);
        ElasticMemory elastic = plan.ElasticMemory!;
        Assert.Equal((ByteSize.FromMebibytes(1536), ByteSize.FromMebibytes(128), 8), (elastic.Max, elastic.Step, plan.MemoryPlaces));
        Assert.Equal(["0x220000000-0x2ffffffff", "0x400000000-0x4ffffffff"], elastic.Windows.Select(window => window.Range.ToString()));
        Assert.Equal([0, 1], elastic.Windows.Select(window => window.Node));
        Assert.Equal([0, 1], plan.Nodes);
        Assert.Null(Create(512, max: null).ElasticMemory);

        // Not from another node where its own was said; and what is no whole block is left out.
        Assert.Equal([0], Create(512, max: 1536, node: 0).ElasticMemory!.Windows.Select(window => window.Node));
        Assert.Equal("0x228000000-0x2ffffffff", Create(516, max: 1536).ElasticMemory!.Windows[0].Range.ToString());
    }

    [Theory]
    [InlineData(512, 512, 0, 128)]
    [InlineData(512, 639, 0, 128)]
    [InlineData(512, 640, 1, 128)]
    [InlineData(512, 512 + (256 * 128), 256, 128)]
    [InlineData(512, 512 + (257 * 128), 128, 256)]
    [InlineData(512, 512 + (512 * 128), 256, 256)]
    [InlineData(512, 512 + (1000 * 1024), 250, 4096)]
    public void Steps_grow_where_there_are_more_blocks_than_places(int size, int max, int places, int step)
    {
        PartitionPlan plan = Create((ulong)size, (ulong)max);
        Assert.Equal((places, ByteSize.FromMebibytes((ulong)step)), (plan.MemoryPlaces, plan.ElasticMemory!.Step));
    }

    [Fact]
    public void Blocks_of_a_kernel_whose_memory_ends_at_64_gibibytes_or_above_are_2_gibibytes()
    {
        static PartitionMemory[] At(ulong start, ulong mebibytes) => [new(new PhysicalRange(new PhysicalAddress(start), ByteSize.FromMebibytes(mebibytes)), 0)];
        Assert.Equal(ByteSize.FromMebibytes(128), ElasticMemory.BlockOf(At(0xF_0000_0000, 4094)));
        Assert.Equal(ByteSize.FromGibibytes(2), ElasticMemory.BlockOf(At(0xF_0000_0000, 4096)));
        Assert.Equal(new PhysicalAddress(11UL << 40), ElasticMemory.LimitOf(At(0xF_0000_0000, 4096)));
        Assert.Equal(new PhysicalAddress(11UL << 40), ElasticMemory.LimitOf(At((1UL << 40) - 0x1000_0000, 256)));
        Assert.Equal(new PhysicalAddress(12UL << 40), ElasticMemory.LimitOf(At(1UL << 40, 256)));
    }

    [Fact]
    public void It_grows_on_the_node_of_its_cpus_first_in_one_range_where_there_is_one_and_shrinks_by_what_came_last()
    {
        PartitionPlan plan = Create(512, max: 8192);
        PartitionPlan grown = Set(plan, 1024)!;
        Assert.Equal(["0 0x220000000-0x227ffffff 0", "1 0x228000000-0x22fffffff 0", "2 0x230000000-0x237ffffff 0", "3 0x238000000-0x23fffffff 0"], Texts(grown));
        Assert.Equal(ByteSize.FromMebibytes(1024), grown.MemorySize);
        Assert.Equal(Texts(grown).Take(1), Texts(Set(grown, 640)!));
        Assert.Equal(Texts(grown).Take(1), Texts(Set(grown, 600)!));
        Assert.Empty(Set(grown, 512)!.AddedMemory);

        // All of node 0, then node 1; and places that were given up are given again.
        PartitionPlan more = Set(grown, 5120)!;
        Assert.Equal([28, 8], more.AddedMemory.GroupBy(piece => piece.Node).Select(node => node.Count()));
        Assert.Equal(Enumerable.Range(0, 36), more.AddedMemory.Select(piece => piece.Place));
        PartitionPlan holes = more with { AddedMemory = [.. more.AddedMemory.Where(piece => piece.Place % 2 == 1)] };
        Assert.Equal([.. holes.AddedMemory.Select(piece => piece.Place), 0, 2], Set(holes, 512 + (20 * 128))!.AddedMemory.Select(piece => piece.Place));
        Assert.False(_diagnostics.HasErrors, string.Join('\n', _diagnostics));
        Assert.True(PhysicalRangeSet.Of(more.AllMemory.Select(memory => memory.Range)).TotalLength == ByteSize.FromMebibytes(5120));
    }

    [Fact]
    public void It_gets_nothing_that_another_has_and_pieces_where_there_is_no_range_large_enough()
    {
        PartitionPlan plan = Create(512, max: 4096, node: 0);
        PartitionPlan other = new ExplicitPlanner(TestMachine.Server(), [plan]).TryPlan(Wish("b", 512) with { MemoryRanges = [PhysicalRange.Parse("0x240000000-0x2bfffffff")] }, _diagnostics)!;
        PartitionPlan grown = Set(plan, 512 + 1280, other)!;
        Assert.Equal(10, grown.AddedMemory.Count);
        Assert.False(PhysicalRangeSet.Of(grown.AllMemory.Select(memory => memory.Range)).Overlaps(PhysicalRangeSet.Of(other.AllMemory.Select(memory => memory.Range))));
        Assert.Null(Set(plan, 512 + 1664, other));
        Assert.Equal("FIT027", Assert.Single(_diagnostics).Id);
        Assert.Contains("wants 1664MiB more of memory, and 1536MiB of what its kernel can add are free", _diagnostics.Single().Message, StringComparison.Ordinal);
        Assert.Contains(new ExplicitPlanner(TestMachine.Server(), [grown]).TryPlan(Wish("c", 2048) with { Node = 0 }, [])!.Memory, memory => !PhysicalRangeSet.Of(grown.AllMemory.Select(mine => mine.Range)).Overlaps(memory.Range));
    }

    [Theory]
    [InlineData(256, "FIT025")]
    [InlineData(1025, "FIT026")]
    [InlineData(1UL << 40, "FIT026")]
    public void Impossible_sizes_are_refused(ulong mebibytes, string id)
    {
        Assert.Null(Set(Create(512, max: 1024), mebibytes));
        Assert.Equal(id, Assert.Single(_diagnostics).Id);
    }

    [Fact]
    public void Fixed_memory_and_more_than_it_may_have_are_refused()
    {
        Assert.Null(Set(Create(512, max: null), 1024));
        Assert.Equal("FIT024", Assert.Single(_diagnostics).Id);
        Assert.Null(new ExplicitPlanner(TestMachine.Server(), []).TryPlan(Wish("db", 512) with { MemoryMax = ByteSize.FromMebibytes(256) }, _diagnostics));
        Assert.Contains(_diagnostics, finding => finding.Id == "FIT023");
    }

    [Fact]
    public void Configuration_moves_memory_between_kernels_that_run_without_a_restart()
    {
        PartitionPlan a = Set(Create(512, max: 4096), 3584)!;
        PartitionPlan b = new ExplicitPlanner(TestMachine.Server(), [a]).TryPlan(Wish("b", 512) with { MemoryMax = ByteSize.FromMebibytes(4096), Node = 0, CpusMax = 4 }, _diagnostics)!;
        CurrentPartition[] running = [new(a, true, true) { IsRunning = true }, new(b, true, true) { IsRunning = true }];
        PartitionWish wishA = Wish("db", 1024) with { MemoryMax = ByteSize.FromMebibytes(4096) };
        PartitionWish wishB = Wish("b", 3000) with { MemoryMax = ByteSize.FromMebibytes(4096), Node = 0, CpusMax = 4, CpuCount = 4 };
        MachinePlan plan = Plan(running, wishA, wishB);
        Assert.Equal([ChangeKind.Resize, ChangeKind.Resize], plan.Changes.Select(change => change.Kind));
        Assert.Equal(["db Shrink", "b Grow"], plan.Changes.SelectMany(change => change.Steps.Select(step => (change.Name, step))).OrderBy(step => step.step.Order).Select(step => $"{step.Name} {step.step.Kind}"));
        Assert.Contains("its kernel runs on: CPUs and memory come and go without a restart", plan.Changes.Single(change => change.Name.ToString() == "b").Choices);
        Assert.Empty(plan.Stopping);
        Assert.Equal(ByteSize.FromMebibytes(512 + (20 * 128)), plan.Changes.Single(change => change.Name.ToString() == "b").After!.MemorySize);

        // Once it is carried out there is nothing to do; less than a kernel started with, ranges that are named, and another maximum need a restart.
        CurrentPartition[] then = [.. plan.Changes.Select(change => new CurrentPartition(change.After!, true, true) { IsRunning = true })];
        Assert.All(Plan(then, wishA, wishB).Changes, change => Assert.Equal(ChangeKind.Keep, change.Kind));
        foreach (PartitionWish wish in new[]
        {
            wishA with { MemorySize = ByteSize.FromMebibytes(256) },
            wishA with { MemoryRanges = [PhysicalRange.Parse("0x400000000-0x43fffffff")] },
            wishA with { MemoryMax = ByteSize.FromMebibytes(2048) },
        })
        {
            Assert.Equal(ChangeKind.Replace, Plan(then, wish, wishB).Changes.Single(change => change.Name.ToString() == "db").Kind);
        }

        // What changes by a restart takes along what has come.
        PartitionPlan replaced = Plan(then, wishA with { CommandLine = "quiet" }, wishB).Changes.Single(change => change.Name.ToString() == "db").After!;
        Assert.Equal((ByteSize.FromMebibytes(1024), 0), (replaced.BaseMemorySize, replaced.AddedMemory.Count));
    }

    private static PartitionWish Wish(string name, ulong mebibytes) => new()
    {
        Name = PartitionName.Parse(name),
        CpuCount = 2,
        MemorySize = ByteSize.FromMebibytes(mebibytes),
        KernelPath = "/boot/vmlinuz",
    };

    private static IEnumerable<string> Texts(PartitionPlan plan) => plan.AddedMemory.Select(piece => $"{piece.Place} {piece.Range} {piece.Node}");

    private static MachinePlan Plan(CurrentPartition[] current, params PartitionWish[] wishes)
    {
        DiagnosticBag diagnostics = [];
        CpuSet held = CpuSet.Of(current.SelectMany(partition => partition.Plan.Cpus).Select(cpu => cpu.Number));
        MachineTopology machine = TestMachine.Server();
        machine = machine with { Cpus = [.. machine.Cpus.Select(cpu => held.Contains(cpu.Number) ? cpu with { Online = false } : cpu)] };
        MachinePlan? plan = MachinePlanner.TryPlan(new ParkerConfiguration(BootKernelShare.Default, [.. wishes.Select(wish => new PartitionSettings(wish, RestartPolicy.Never, Autostart: false))]), machine, current, diagnostics);
        Assert.False(plan is null, string.Join('\n', diagnostics));
        return plan;
    }

    private PartitionPlan Create(ulong mebibytes, ulong? max, int? node = null) => new ExplicitPlanner(TestMachine.Server(), []).TryPlan(
        Wish("db", mebibytes) with { MemoryMax = max is ulong most ? ByteSize.FromMebibytes(most) : null, Node = node }, _diagnostics)!;

    private PartitionPlan? Set(PartitionPlan plan, ulong mebibytes, params PartitionPlan[] others) =>
        new ElasticMemoryPlanner(TestMachine.Server(), others).TryPlan(plan, ByteSize.FromMebibytes(mebibytes), "partition db", _diagnostics);
}
