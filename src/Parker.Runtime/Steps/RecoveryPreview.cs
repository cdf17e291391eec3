using Parker.Partition;

namespace Parker.Runtime.Steps;

/// <summary>How an operation whose process died would be put in order.</summary>
/// <param name="Partition">Its partition.</param>
/// <param name="Text">A sentence.</param>
/// <param name="Actions">What would be undone, in order.</param>
public sealed record RecoveryPreview(PartitionName Partition, string Text, IReadOnlyList<PlannedAction> Actions);
