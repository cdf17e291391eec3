using System.Globalization;
using Parker.Api;
using Parker.Api.Plans;
using Parker.Partition;
using Parker.Planning.Difference;
using Parker.Runtime;

namespace Parker.Daemon.Partitions;

/// <summary>Takes the steps of a plan, and undoes those taken where one fails.</summary>
/// <param name="runtime">The partitions.</param>
/// <param name="shutDown">Asks a partition's kernel to shut down; gives why it is stopped, for the evidence.</param>
/// <param name="lookAgain">Called when something was given back: what was read of the machine before no longer holds.</param>
internal sealed class PlanExecution(PartitionRuntime runtime, Func<PartitionName, string> shutDown, Action lookAgain)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);

    private readonly Stack<(string What, Action Undo)> _undo = [];

    /// <summary>Takes all steps, in order.</summary>
    /// <exception cref="PartitionException">The first step was refused, and nothing was changed.</exception>
    /// <exception cref="MachineException">A step failed; those before it were undone, or the message says what was not.</exception>
    public IReadOnlyList<AppliedStepDocument> Take(MachinePlan plan)
    {
        List<AppliedStepDocument> taken = [];
        foreach ((PartitionChange change, PlannedStep step) in InOrder(plan))
        {
            try
            {
                Take(change, step);
                taken.Add(ToDocument(change, step));
            }
            catch (Exception failure) when (failure is MachineException or IOException or PartitionException)
            {
                if (failure is PartitionException && _undo.Count == 0)
                {
                    throw;
                }

                throw new MachineException("apply", change.Name.ToString(), $"{Word(step.Kind)} failed: {failure.Message.TrimEnd('.')}. {UndoAll()}", (failure as MachineException)?.ErrorNumber ?? 0, failure);
            }
        }

        return taken;
    }

    /// <summary>The steps in the order in which they are taken.</summary>
    public static IEnumerable<(PartitionChange Change, PlannedStep Step)> InOrder(MachinePlan plan) =>
        plan.Changes.SelectMany(change => change.Steps.Select(step => (change, step))).OrderBy(pair => pair.step.Order);

    /// <summary>The document of a step.</summary>
    public static AppliedStepDocument ToDocument(PartitionChange change, PlannedStep step) => new(step.Order, change.Name.ToString(), Word(step.Kind));

    private static string Word(PlannedStepKind kind) => ApiJson.NameOf(kind);

    private void Take(PartitionChange change, PlannedStep step)
    {
        PartitionName name = change.Name;
        switch (step.Kind)
        {
            case PlannedStepKind.Stop:
                runtime.Stop(name, shutDown(name));
                Push($"start {name} again", () => runtime.Start(name));
                break;
            case PlannedStepKind.Destroy:
                PartitionPolicy had = runtime.Find(name).Policy;
                Destroy(name, evenIfRunning: false);
                Push($"define {name} as it was", () => runtime.Define(step.Plan, had));
                break;
            case PlannedStepKind.Define:
                runtime.Define(step.Plan, step.Policy);
                Push($"forget {name} as it is wanted", () => Destroy(name, evenIfRunning: true));
                break;
            case PlannedStepKind.Shrink or PlannedStepKind.Grow:
                PartitionPlan plan = runtime.Find(name).Plan;
                runtime.Resize(step.Plan, AnswerTimeout);
                Push($"give {name} its CPUs and memory of before", () => runtime.Resize(plan, AnswerTimeout));
                break;
            case PlannedStepKind.SetPolicy:
                PartitionPolicy before = runtime.Find(name).Policy;
                runtime.SetPolicy(name, step.Policy);
                Push($"give {name} its policy of before", () => runtime.SetPolicy(name, before));
                break;
            default:
                bool held = runtime.Find(name).HoldsMachine;
                runtime.Start(name);
                Push($"stop {name} again", () => GoBack(name, held));
                break;
        }
    }

    // What held nothing before it was started holds nothing afterwards.
    private void GoBack(PartitionName name, bool held)
    {
        runtime.Stop(name, "what was applied with it failed");
        if (!held)
        {
            PartitionRecord partition = runtime.Find(name);
            Destroy(name, evenIfRunning: false);
            runtime.Define(partition.Plan, partition.Policy);
        }
    }

    private void Destroy(PartitionName name, bool evenIfRunning)
    {
        runtime.Destroy(name, evenIfRunning);
        lookAgain();
    }

    private void Push(string what, Action undo) => _undo.Push((what, undo));

    private string UndoAll()
    {
        int count = _undo.Count;
        List<string> failed = [];
        while (_undo.TryPop(out (string What, Action Undo) one))
        {
            try
            {
                one.Undo();
            }
            catch (Exception failure) when (failure is MachineException or IOException or PartitionException)
            {
                failed.Add($"could not {one.What}: {failure.Message.TrimEnd('.')}");
            }
        }

        return failed.Count > 0
            ? $"Of the {count} steps before it not all were undone: {string.Join("; ", failed)}."
            : count == 0 ? "Nothing was taken before it." : string.Create(CultureInfo.InvariantCulture, $"The {count} {(count == 1 ? "step" : "steps")} before it {(count == 1 ? "was" : "were")} undone.");
    }
}
