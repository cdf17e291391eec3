using Parker.Partition;
using Parker.Runtime;

namespace Parker.ControlFs.Tree;

/// <summary>A defined partition as the control file system shows it.</summary>
/// <param name="Plan">What it gets.</param>
/// <param name="Restart">When it is started again without anybody asking.</param>
/// <param name="State">How it is.</param>
/// <param name="Evidence">What that stands on.</param>
public sealed record ControlledPartition(PartitionPlan Plan, RestartPolicy Restart, PartitionState State, Evidence Evidence);
