using Parker.Api;
using Parker.Api.Partitions;
using Parker.Partition;
using Parker.Runtime;
using Parker.Runtime.Steps;

namespace Parker.Daemon.Partitions;

/// <summary>Makes documents of what the Runtime knows.</summary>
internal static class PartitionMapper
{
    /// <summary>The document of a partition.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="nextRestart">When a restart is due that nobody asks for; null where none is to come.</param>
    public static PartitionDocument ToDocument(PartitionRecord partition, DateTimeOffset? nextRestart) =>
        PartitionDocument.Of(partition.Plan, partition.Policy, partition.State, new EvidenceDocument(partition.Evidence.Text, partition.Evidence.Time)) with
        {
            Image = partition.Image is ImageIdentity image ? new ImageDocument(image.Release, image.CommandLine, image.KernelHash, image.InitrdHash, image.CommandLineHash) : null,
            BootId = partition.StartedAt is null ? null : partition.BootId,
            StartedAt = partition.StartedAt,
            Supervision = new SupervisionDocument(
                RestartPolicyText.Of(partition.Policy.Restart),
                partition.Policy.Autostart,
                partition.Policy.Dump,
                partition.Restarts,
                partition.RestartsInRow,
                partition.GivenUp,
                nextRestart),
            HoldsMachine = partition.HoldsMachine,
        };

    /// <summary>The document of a start.</summary>
    public static StartDocument ToDocument(PartitionDocument partition, StartReport report) => new(
        partition,
        new StartPhasesDocument(
            report.Claim.TotalMilliseconds,
            report.Zero.TotalMilliseconds,
            report.Load.TotalMilliseconds,
            report.Verify.TotalMilliseconds,
            report.Launch.TotalMilliseconds),
        report.Zeroed.Bytes,
        report.Loaded.Bytes);

    /// <summary>The document of what an operation would do.</summary>
    public static PreviewDocument ToDocument(PartitionName name, string operation, IReadOnlyList<PlannedAction> actions) =>
        new(name.ToString(), operation, [.. actions.Select(action => new PreviewActionDocument(ApiJson.NameOf(action.Kind), action.Description))]);
}
