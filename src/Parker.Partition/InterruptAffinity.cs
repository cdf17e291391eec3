using Parker.Machine;

namespace Parker.Partition;

/// <summary>Where an interrupt may be delivered.</summary>
/// <param name="Source">What raises it, in words that outlive its number: <c>0000:01:00.0 vector 3</c>, or the name of its handler. A driver that is bound again gets other numbers.</param>
/// <param name="Cpus">The Boot Kernel's CPU numbers.</param>
/// <param name="Everywhere">Whether that was every CPU that was online then: what "everywhere" means changes as CPUs come back, in whatever order partitions give them back.</param>
public sealed record InterruptAffinity(string Source, CpuSet Cpus, bool Everywhere);
