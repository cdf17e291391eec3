using Parker.Api;
using Parker.Api.Plans;
using Parker.Machine.Diagnostics;
using Parker.Planning.Difference;

namespace Parker.Daemon.Partitions;

/// <summary>Makes documents of plans.</summary>
public static class PlanDocuments
{
    /// <summary>The document of a plan.</summary>
    public static PlanDocument Of(MachinePlan plan, IEnumerable<Diagnostic> diagnostics) => new(
        plan.Hash,
        [.. plan.Changes.Select(Of)],
        [.. diagnostics.Select(DiagnosticDocument.Of)]);

    private static PlanChangeDocument Of(PartitionChange change) => new(
        change.Name.ToString(),
        ApiJson.NameOf(change.Kind),
        change.StopsKernel,
        change.Differences,
        change.Choices,
        [.. change.Steps.Select(step => new PlanStepDocument(step.Order, ApiJson.NameOf(step.Kind), step.Details))]);
}
