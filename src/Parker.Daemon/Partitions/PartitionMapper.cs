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
    public static PartitionDocument ToDocument(PartitionRecord partition) =>
        PartitionDocument.Of(partition.Plan, partition.State, new EvidenceDocument(partition.Evidence.Text, partition.Evidence.Time)) with
        {
            Image = partition.Image is ImageIdentity image ? new ImageDocument(image.Release, image.CommandLine, image.KernelHash, image.InitrdHash, image.CommandLineHash) : null,
            BootId = partition.StartedAt is null ? null : partition.BootId,
            StartedAt = partition.StartedAt,
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
