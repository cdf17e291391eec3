using CsCheck;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Difference;
using Parker.Planning.Explicit;

namespace Parker.Planning.Tests.Difference;

/// <summary>What holds for every machine and every wish.</summary>
public sealed class PlanPropertyTests
{
    private static readonly long Rounds = Environment.GetEnvironmentVariable("PARKER_SOAK") == "1" ? 20_000 : 60;

    [Fact]
    public void Plans_never_overlap_and_never_exceed_the_machine() => PlanScenario.All.Sample(
        scenario =>
        {
            (PlanScenario fitting, MachinePlan plan) = scenario.Fit();
            PartitionPlan[] plans = [.. plan.Changes.Select(change => change.After!)];

            PartitionCpu[] cpus = [.. plans.SelectMany(one => one.Cpus)];
            Assert.Equal(cpus.Length, cpus.Select(cpu => cpu.Number).Distinct().Count());
            Assert.All(cpus, cpu => Assert.Equal(fitting.Machine.Cpus[cpu.Number].ApicId.Value, cpu.ApicId));
            Assert.DoesNotContain(cpus, cpu => cpu.Number == 0);

            PhysicalRange[] memory = [.. plans.SelectMany(one => one.Memory).Select(piece => piece.Range)];
            Assert.Equal(memory.Aggregate(0UL, (sum, range) => sum + range.Length.Bytes), PhysicalRangeSet.Of(memory).TotalLength.Bytes);
            Assert.True(fitting.Machine.Memory.Pool.Contains(PhysicalRangeSet.Of(memory)));
            Assert.All(memory, range => Assert.True(range.Start.IsAligned(PartitionLayout.RangeAlignment)));

            Assert.Equal(plans.Length, plans.Select(one => one.LowSlot).Distinct().Count());
            Assert.All(plans, one => Assert.Contains(one.LowSlot, fitting.Size.LowSlots));
            PciAddress[] functions = [.. plans.SelectMany(one => one.Buses).SelectMany(bus => bus.Functions)];
            Assert.Equal(functions.Length, functions.Distinct().Count());
        },
        iter: Rounds);

    [Fact]
    public void Each_partition_gets_what_it_wished() => PlanScenario.All.Sample(
        scenario =>
        {
            (PlanScenario fitting, MachinePlan plan) = scenario.Fit();
            foreach (PartitionWish wish in fitting.Partitions.Select(partition => partition.Wish))
            {
                PartitionPlan got = plan.Changes.Single(change => change.Name == wish.Name).After!;
                int threads = fitting.Size.ThreadsPerCore;
                Assert.Equal(wish.Cpus?.Count ?? (wish.CpuCount + threads - 1) / threads * threads, got.Cpus.Count);
                Assert.Equal(wish.MemorySize.AlignUp(PartitionLayout.RangeAlignment).Bytes, got.Memory.Aggregate(0UL, (sum, memory) => sum + memory.Range.Length.Bytes));
                Assert.Equal(wish.Devices, got.Buses.SelectMany(bus => bus.Functions));
                Assert.All(got.Memory, memory => Assert.True(wish.Node is null || memory.Node == wish.Node));
                Assert.All(got.Cpus, cpu => Assert.True(wish.Cpus is not null || wish.Node is null || cpu.Node == wish.Node));
            }
        },
        iter: Rounds);

    [Fact]
    public void Counted_partitions_never_split_a_core() => PlanScenario.All.Sample(
        scenario =>
        {
            (PlanScenario fitting, MachinePlan plan) = scenario.Fit();
            foreach (PartitionWish wish in fitting.Partitions.Select(partition => partition.Wish).Where(wish => wish.Cpus is null))
            {
                CpuSet cpus = CpuSet.Of(plan.Changes.Single(change => change.Name == wish.Name).After!.Cpus.Select(cpu => cpu.Number));
                Assert.All(cpus, cpu => Assert.True(cpus.Contains(fitting.Machine.Cpus[cpu].Siblings)));
            }
        },
        iter: Rounds);

    [Fact]
    public void Order_of_the_file_changes_nothing() => Gen.Select(PlanScenario.All, Gen.Int).Sample(
        (scenario, seed) =>
        {
            DiagnosticBag there = [];
            DiagnosticBag back = [];
            PlanScenario shuffled = scenario with { Partitions = [.. scenario.Partitions.OrderBy(partition => HashCode.Combine(seed, partition.Wish.Name))] };

            Assert.Equal(scenario.Plan([], there)?.Hash, shuffled.Plan([], back)?.Hash);
            Assert.Equal(there.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal), back.Select(diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal));
        },
        iter: Rounds);

    [Fact]
    public void Applied_plan_leaves_nothing_to_do() => Gen.Select(PlanScenario.All, Gen.Bool).Sample(
        (scenario, running) =>
        {
            (PlanScenario fitting, MachinePlan plan) = scenario.Fit();
            IReadOnlyList<CurrentPartition> current = PlanScenario.Applied(plan, running: true);
            MachinePlan again = MachinePlanner.TryPlan(fitting.Configuration, running ? fitting.MachineWith(current) : fitting.Machine, current, [], fitting.Size.LowSlots)!;

            Assert.True(again.IsEmpty);
            Assert.All(again.Changes, change => Assert.Equal(ChangeKind.Keep, change.Kind));
        },
        iter: Rounds);

    [Fact]
    public void Partition_that_goes_moves_no_other() => Gen.Select(PlanScenario.All, Gen.Int[0, 5], Gen.Bool).Sample(
        (scenario, gone, running) =>
        {
            (PlanScenario fitting, MachinePlan plan) = scenario.Fit();
            IReadOnlyList<CurrentPartition> current = PlanScenario.Applied(plan, running);
            MachineTopology machine = running ? fitting.MachineWith(current) : fitting.Machine;
            PlanScenario fewer = fitting with { Partitions = [.. fitting.Partitions.Where((_, index) => index != gone)] };
            MachinePlan without = MachinePlanner.TryPlan(fewer.Configuration, machine, current, [], fitting.Size.LowSlots)!;

            Assert.All(without.Changes, change => Assert.Equal(
                change.Kind == ChangeKind.Remove ? null : plan.Changes.Single(before => before.Name == change.Name).After,
                change.After));
            Assert.Equal(fitting.Partitions.Count - fewer.Partitions.Count, without.Changes.Count(change => change.Kind == ChangeKind.Remove));
        },
        iter: Rounds);

    [Fact]
    public void Partition_that_changes_moves_no_other_and_takes_nothing_of_theirs() => Gen.Select(PlanScenario.All, Gen.Int[0, 5], Gen.Int[1, 6], Gen.Bool).Sample(
        (scenario, changed, cpus, running) =>
        {
            (PlanScenario fitting, MachinePlan plan) = scenario.Fit();
            IReadOnlyList<CurrentPartition> current = PlanScenario.Applied(plan, running);
            PlanScenario other = fitting with
            {
                Partitions = [.. fitting.Partitions.Select((partition, index) => index != changed ? partition : partition with { Wish = partition.Wish with { Cpus = null, CpuCount = cpus } })],
            };
            MachineTopology machine = running ? fitting.MachineWith(current) : fitting.Machine;
            if (MachinePlanner.TryPlan(other.Configuration, machine, current, [], fitting.Size.LowSlots) is not MachinePlan after)
            {
                return;
            }

            Assert.All(after.Changes.Where(change => change.Kind != ChangeKind.Replace), change => Assert.Same(current.Single(before => before.Plan.Name == change.Name).Plan, change.After));
            Assert.InRange(after.Changes.Count(change => change.Kind == ChangeKind.Replace), 0, 1);
            int[] taken = [.. after.Changes.SelectMany(change => change.After!.Cpus).Select(cpu => cpu.Number)];
            Assert.Equal(taken.Length, taken.Distinct().Count());
            Assert.All(after.Changes.Where(change => change.Kind == ChangeKind.Replace), change => Assert.Equal(change.Before!.Plan.Memory, change.After!.Memory));
        },
        iter: Rounds);
}
