using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Placement;

namespace Parker.Planning.Difference;

/// <summary>Makes steps of what partitions have and get.</summary>
/// <param name="machine">The machine.</param>
/// <param name="before">What they have.</param>
/// <param name="settings">The configuration.</param>
/// <param name="after">What they get.</param>
internal sealed class ChangeBuilder(
    MachineTopology machine,
    IReadOnlyDictionary<PartitionName, CurrentPartition> before,
    IReadOnlyDictionary<PartitionName, PartitionSettings> settings,
    IReadOnlyDictionary<PartitionName, Placed> after)
{
    private readonly Dictionary<PciAddress, PciFunction> _functions = machine.Pci.Functions.ToDictionary(function => function.Address);

    public MachinePlan Build()
    {
        List<(PartitionName Name, ChangeKind Kind, PlannedStepKind[] GivenUp, PlannedStepKind[] Taken)> changes = [];
        foreach (PartitionName name in before.Keys.Union(after.Keys).Order())
        {
            ChangeKind kind = KindOf(name);
            changes.Add((name, kind, GivenUp(name, kind), Taken(name, kind)));
        }

        // All is given up before anything is taken: one partition may get what another one had.
        int givenUp = 0;
        int taken = changes.Sum(change => change.GivenUp.Length);
        List<PartitionChange> built = [];
        foreach ((PartitionName name, ChangeKind kind, PlannedStepKind[] first, PlannedStepKind[] second) in changes)
        {
            CurrentPartition? old = before.GetValueOrDefault(name);
            Placed? placed = after.GetValueOrDefault(name);
            List<PlannedStep> steps = [];
            foreach (PlannedStepKind step in first)
            {
                if (step == PlannedStepKind.Shrink)
                {
                    steps.Add(new PlannedStep(++givenUp, step, WithoutLeaving(old!.Plan, placed!.Plan), StepDetails.OfLeaving(Missing(old.Plan, placed.Plan), MissingMemory(old.Plan, placed.Plan))));
                    continue;
                }

                steps.Add(new PlannedStep(++givenUp, step, old!.Plan, StepDetails.Of(step, old.Plan, old.Policy, old, _functions)));
            }

            foreach (PlannedStepKind step in second)
            {
                if (step == PlannedStepKind.Grow)
                {
                    steps.Add(new PlannedStep(++taken, step, placed!.Plan, StepDetails.OfComing(Missing(placed.Plan, old!.Plan), MissingMemory(placed.Plan, old.Plan))));
                    continue;
                }

                steps.Add(new PlannedStep(++taken, step, placed!.Plan, StepDetails.Of(step, placed.Plan, settings[name].Policy, kind == ChangeKind.Start ? old : null, _functions)) { Policy = settings[name].Policy });
            }

            built.Add(new PartitionChange
            {
                Name = name,
                Kind = kind,
                Before = old,
                After = placed?.Plan,
                Differences = old is null || placed is null ? [] : PlanDifferences.Between(old.Plan, old.Policy, placed.Plan, settings[name].Policy),
                Choices = placed?.Choices ?? [],
                Steps = steps,
            });
        }

        return new MachinePlan(built, PlanHash.Of(built, machine.Tsc));
    }

    private ChangeKind KindOf(PartitionName name)
    {
        if (!after.TryGetValue(name, out Placed? placed))
        {
            return ChangeKind.Remove;
        }

        if (!before.TryGetValue(name, out CurrentPartition? old))
        {
            return ChangeKind.Create;
        }

        if (!ReferenceEquals(old.Plan, placed.Plan))
        {
            return placed.IsResized ? ChangeKind.Resize : ChangeKind.Replace;
        }

        return settings[name].Autostart && !old.MayRun ? ChangeKind.Start : IsAdjusted(name) ? ChangeKind.Adjust : ChangeKind.Keep;
    }

    private bool IsAdjusted(PartitionName name) => before[name].Policy != settings[name].Policy;

    private PlannedStepKind[] GivenUp(PartitionName name, ChangeKind kind) => kind switch
    {
        ChangeKind.Resize => HasAll(after[name].Plan, before[name].Plan) ? [] : [PlannedStepKind.Shrink],
        ChangeKind.Remove or ChangeKind.Replace => before[name].MayRun ? [PlannedStepKind.Stop, PlannedStepKind.Destroy] : [PlannedStepKind.Destroy],
        _ => [],
    };

    private PlannedStepKind[] Taken(PartitionName name, ChangeKind kind) => kind switch
    {
        ChangeKind.Create => settings[name].Autostart ? [PlannedStepKind.Define, PlannedStepKind.Start] : [PlannedStepKind.Define],
        ChangeKind.Replace => settings[name].Autostart || before[name].MayRun ? [PlannedStepKind.Define, PlannedStepKind.Start] : [PlannedStepKind.Define],
        ChangeKind.Resize =>
        [
            .. HasAll(before[name].Plan, after[name].Plan) ? (PlannedStepKind[])[] : [PlannedStepKind.Grow],
            .. IsAdjusted(name) ? (PlannedStepKind[])[PlannedStepKind.SetPolicy] : [],
        ],
        ChangeKind.Start => IsAdjusted(name) ? [PlannedStepKind.SetPolicy, PlannedStepKind.Start] : [PlannedStepKind.Start],
        ChangeKind.Adjust => [PlannedStepKind.SetPolicy],
        _ => [],
    };

    private static CpuSet Missing(PartitionPlan plan, PartitionPlan from) => CpuSet.Of(plan.Cpus.Except(from.Cpus).Select(cpu => cpu.Number));

    private static PhysicalRangeSet MissingMemory(PartitionPlan plan, PartitionPlan from) => PhysicalRangeSet.Of(plan.AddedMemory.Except(from.AddedMemory).Select(piece => piece.Range));

    private static bool HasAll(PartitionPlan plan, PartitionPlan of) => Missing(of, plan).IsEmpty && MissingMemory(of, plan).IsEmpty;

    private static PartitionPlan WithoutLeaving(PartitionPlan old, PartitionPlan placed) =>
        old.WithCpus([.. old.Cpus.Where(placed.Cpus.Contains)]) with { AddedMemory = [.. old.AddedMemory.Where(placed.AddedMemory.Contains)] };
}
