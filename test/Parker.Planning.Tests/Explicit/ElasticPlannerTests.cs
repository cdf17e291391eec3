using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Difference;
using Parker.Planning.Explicit;

namespace Parker.Planning.Tests.Explicit;

public sealed class ElasticPlannerTests
{
    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void All_cpus_that_could_be_granted_may_come_near_ones_first_and_threads_of_a_core_beside_each_other()
    {
        PartitionPlan plan = Create(2, max: 6);
        Assert.Equal("1,9", Cpus(plan.Cpus));
        Assert.Equal([8, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15], plan.SpareCpus.Select(cpu => cpu.Number));
        Assert.Equal(6, plan.CpusMax);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], plan.ToldCpus.Select(cpu => cpu.Number));
        Assert.Empty(Create(2, max: null).SpareCpus);
    }

    [Fact]
    public void Cpus_of_others_may_come_too_once_they_are_free()
    {
        PartitionPlan other = Create(2, max: null);
        PartitionPlan plan = new ExplicitPlanner(Offline(other), [other]).TryPlan(Wish("b", 2, 6), _diagnostics)!;
        Assert.Equal("2,10", Cpus(plan.Cpus));
        Assert.Contains(plan.SpareCpus, cpu => cpu.Number == 1);
    }

    [Fact]
    public void More_cpus_than_it_may_have_are_refused_when_it_is_created()
    {
        Assert.Null(new ExplicitPlanner(TestMachine.Server(), []).TryPlan(Wish("db", 4, 2), _diagnostics));
        Assert.Equal("FIT015", Assert.Single(_diagnostics).Id);
    }

    [Theory]
    [InlineData("4", "1-2,9-10", "3-8,11-15")]
    [InlineData("1", "1", "2-15")]
    [InlineData("1,5-6", "1,5-6", "2-4,7-15")]
    public void Count_takes_whole_cores_nearby_and_leaves_the_last_and_a_list_is_taken_as_it_is(string wanted, string cpus, string spare)
    {
        PartitionPlan? after = Set(Create(2, max: 6), wanted);
        Assert.False(_diagnostics.HasErrors, string.Join('\n', _diagnostics));
        Assert.Equal(cpus, Cpus(after!.Cpus));
        Assert.Equal(spare, Cpus(after.SpareCpus));
        Assert.Equal(1, after.Cpus[0].Number);
    }

    [Theory]
    [InlineData("0", "FIT010")]
    [InlineData("7", "FIT015")]
    [InlineData("9-10", "FIT017")]
    [InlineData("0-1", "FIT018")]
    public void Impossible_wishes_are_refused(string wanted, string id)
    {
        Assert.Null(Set(Create(2, max: 6), wanted));
        Assert.Contains(_diagnostics, finding => finding.Id == id);
    }

    [Fact]
    public void Cpus_of_another_partition_and_more_than_are_free_are_refused_and_so_is_a_partition_of_fixed_size()
    {
        PartitionPlan plan = Create(2, max: 16);
        PartitionPlan other = new ExplicitPlanner(TestMachine.Server(), [plan]).TryPlan(Wish("b", 10, null), _diagnostics)!;
        Assert.Null(Set(plan, $"1,{other.Cpus[0].Number}", other));
        Assert.Contains(_diagnostics, finding => finding.Id == "FIT014");
        Assert.Null(Set(plan, "8", other));
        Assert.Contains(_diagnostics, finding => finding.Id == "FIT013");
        Assert.Null(Set(Create(2, max: null), "3"));
        Assert.Contains(_diagnostics, finding => finding.Id == "FIT016");
    }

    [Fact]
    public void Configuration_changes_cpus_of_a_kernel_that_runs_without_a_restart_those_that_leave_first()
    {
        PartitionPlan a = Create(4, max: 8);
        PartitionPlan b = new ExplicitPlanner(TestMachine.Server(), [a]).TryPlan(Wish("b", 2, 8), _diagnostics)!;
        CurrentPartition[] running = [new(a, true, true) { IsRunning = true }, new(b, true, true) { IsRunning = true }];
        MachinePlan plan = Plan(running, ("db", 2, 8), ("b", 4, 8));
        Assert.Equal([ChangeKind.Resize, ChangeKind.Resize], plan.Changes.Select(change => change.Kind));
        Assert.Equal([("db", PlannedStepKind.Shrink), ("b", PlannedStepKind.Grow)], plan.Changes.SelectMany(change => change.Steps.Select(step => (change.Name.ToString(), step.Kind, step.Order))).OrderBy(step => step.Order).Select(step => (step.Item1, step.Kind)));
        Assert.Empty(plan.Stopping);

        // Once it is carried out there is nothing to do, and what is not about CPUs needs a restart.
        CurrentPartition[] then = [.. plan.Changes.Select(change => new CurrentPartition(change.After!, true, true) { IsRunning = true })];
        Assert.All(Plan(then, ("db", 2, 8), ("b", 4, 8)).Changes, change => Assert.Equal(ChangeKind.Keep, change.Kind));
        Assert.Equal(ChangeKind.Replace, Plan(then, ("db", 2, 6), ("b", 4, 8)).Changes.Single(change => change.Name.ToString() == "db").Kind);
        Assert.Equal(ChangeKind.Replace, Plan([.. then.Select(partition => partition with { IsRunning = false })], ("db", 3, 8), ("b", 4, 8)).Changes.Single(change => change.Name.ToString() == "db").Kind);
    }

    private static PartitionWish Wish(string name, int cpus, int? max) => new()
    {
        Name = PartitionName.Parse(name),
        CpuCount = cpus,
        CpusMax = max,
        MemorySize = ByteSize.FromMebibytes(512),
        KernelPath = "/boot/vmlinuz",
    };

    private static MachineTopology Offline(params PartitionPlan[] plans)
    {
        CpuSet held = CpuSet.Of(plans.SelectMany(plan => plan.Cpus).Select(cpu => cpu.Number));
        MachineTopology machine = TestMachine.Server();
        return machine with { Cpus = [.. machine.Cpus.Select(cpu => held.Contains(cpu.Number) ? cpu with { Online = false } : cpu)] };
    }

    private static string Cpus(IEnumerable<PartitionCpu> cpus) => CpuSet.Of(cpus.Select(cpu => cpu.Number)).ToString();

    private static MachinePlan Plan(CurrentPartition[] current, params (string Name, int Cpus, int Max)[] wishes)
    {
        DiagnosticBag diagnostics = [];
        ParkerConfiguration configuration = new(BootKernelShare.Default, [.. wishes.Select(wish => new PartitionSettings(Wish(wish.Name, wish.Cpus, wish.Max), RestartPolicy.Never, Autostart: false))]);
        MachinePlan? plan = MachinePlanner.TryPlan(configuration, Offline([.. current.Select(partition => partition.Plan)]), current, diagnostics);
        Assert.False(plan is null, string.Join('\n', diagnostics));
        return plan;
    }

    private PartitionPlan Create(int cpus, int? max) => new ExplicitPlanner(TestMachine.Server(), []).TryPlan(Wish("db", cpus, max), _diagnostics)!;

    private PartitionPlan? Set(PartitionPlan plan, string wanted, params PartitionPlan[] others)
    {
        _ = WishText.TryReadCpus(wanted, out CpuSet? named, out int count);
        CpuSet held = CpuSet.Of(others.Append(plan).SelectMany(one => one.Cpus).Select(cpu => cpu.Number));
        return new ElasticPlanner(Offline([plan, .. others]), others, held, BootKernelShare.Default).TryPlan(plan, named, count, "partition db", _diagnostics);
    }
}
