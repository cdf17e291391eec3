namespace Parker.Machine.Topology;

/// <summary>One use.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Detail">What exactly, such as <c>/dev/nvme0n1p2 on /</c> or <c>eth0 (up)</c>.</param>
public sealed record PciUse(PciUseKind Kind, string Detail);
