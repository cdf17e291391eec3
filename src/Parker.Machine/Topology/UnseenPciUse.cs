namespace Parker.Machine.Topology;

/// <summary>A kind of use that could not be seen on this machine.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Why">What could not be read, or what the kernel does not tell.</param>
public sealed record UnseenPciUse(PciUseKind Kind, string Why);
