using Parker.Api.Plans;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Planning.Configuration;
using Parker.Planning.Difference;
using Parker.Runtime;

namespace Parker.Daemon.Partitions;

/// <content>What a configuration changes.</content>
public sealed partial class PartitionService
{
    /// <summary>Plans a configuration on this machine, and changes nothing.</summary>
    public PlanDocument Plan(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        DiagnosticBag diagnostics = [];
        return Operate(() => PlanDocuments.Of(PlanNow(request.Configuration, request.File, diagnostics), diagnostics));
    }

    /// <summary>Does what a plan says: all of it or, where a step fails, nothing.</summary>
    /// <param name="request">The configuration, and the hash of the plan that was seen.</param>
    /// <param name="dryRun">Whether to check all that can be checked, and take no step.</param>
    public ApplyDocument Apply(ApplyRequest request, bool dryRun)
    {
        ArgumentNullException.ThrowIfNull(request);
        DiagnosticBag diagnostics = [];
        return Operate(() =>
        {
            MachinePlan plan = PlanNow(request.Configuration, request.File, diagnostics);
            CheckConsent(plan, request);
            CheckImages(plan);
            TimeSpan grace = TimeSpan.FromMilliseconds(request.GraceMs);
            return new ApplyDocument(plan.Hash, dryRun
                ? [.. PlanExecution.InOrder(plan).Select(pair => PlanExecution.ToDocument(pair.Change, pair.Step))]
                : new PlanExecution(_runtime, name => Ask(name, grace), LookAgain).Take(plan));
        });
    }

    private MachinePlan PlanNow(string text, string file, DiagnosticBag diagnostics)
    {
        ParkerConfiguration configuration = ConfigurationReader.TryRead(text, file, diagnostics) ?? throw new RefusedException([.. diagnostics]);
        _runtime.Observe();
        CurrentPartition[] current = [.. _runtime.Partitions.Select(partition => new CurrentPartition(partition.Plan, partition.HoldsMachine, partition.MayRun) { IsRunning = partition.State == PartitionState.Running, Policy = partition.Policy })];
        return MachinePlanner.TryPlan(configuration, _topology.Value, current, diagnostics) ?? throw new RefusedException([.. diagnostics]);
    }

    private static void CheckConsent(MachinePlan plan, ApplyRequest request)
    {
        if (request.Hash != plan.Hash)
        {
            const string Message = "The configuration, the machine or its partitions are not as they were when that plan was made.";
            throw Refused("APPLY001", $"plan {request.Hash}", Message, $"See what would be done now with 'parker plan'; its hash is {plan.Hash}.");
        }

        PartitionName[] stopping = [.. plan.Stopping.Select(change => change.Name)];
        if (stopping.Length > 0 && !request.StopRunning)
        {
            throw Refused(
                "APPLY002",
                $"plan {request.Hash}",
                $"It stops {(stopping.Length == 1 ? "the kernel of" : "the kernels of")} {string.Join(", ", stopping)}.",
                "Apply it with --stop-running where that may be, or stop them first.");
        }
    }

    // What can be told of kernels and initrds is told before the first step.
    private void CheckImages(MachinePlan plan)
    {
        DiagnosticBag problems = [];
        foreach (PartitionPlan one in plan.Changes.SelectMany(change => change.Steps).Where(step => step.Kind is PlannedStepKind.Define or PlannedStepKind.Start).Select(step => step.Plan).Distinct())
        {
            using OpenImage? _ = _images.TryOpen(one, Guid.Empty, 0, problems);
        }

        if (problems.HasErrors)
        {
            throw new RefusedException([.. problems]);
        }
    }

    private static RefusedException Refused(string id, string place, string message, string remedy) => new([new Diagnostic(id, DiagnosticSeverity.Error, place, message, remedy)]);
}
