using Parker.Machine;

namespace Parker.Partition;

/// <summary>Where an interrupt may be delivered.</summary>
/// <param name="Source">What raises it, in words that outlive its number: <c>0000:01:00.0 vector 3</c>, or the name of its handler. A driver that is bound again gets other numbers.</param>
/// <param name="Cpus">The Boot Kernel's CPU numbers.</param>
/// <param name="Everywhere">Whether that was every CPU that was online then: what "everywhere" means changes as CPUs come back, in whatever order partitions give them back.</param>
/// <param name="WholeNode">Whether that was every CPU of the interrupt's own node that was online then, which is what a kernel gives an interrupt of a device on a node.</param>
public sealed record InterruptAffinity(string Source, CpuSet Cpus, bool Everywhere, bool WholeNode = false)
{
    /// <summary>Looks at an interrupt.</summary>
    /// <param name="source">What raises it.</param>
    /// <param name="cpus">Where it may be delivered.</param>
    /// <param name="online">The CPUs that are online.</param>
    /// <param name="node">Those of them that are on its node; empty where it has none.</param>
    public static InterruptAffinity Of(string source, CpuSet cpus, CpuSet online, CpuSet node)
    {
        ArgumentNullException.ThrowIfNull(cpus);
        ArgumentNullException.ThrowIfNull(online);
        return new InterruptAffinity(source, cpus, cpus.Contains(online), IsWhole(cpus, online, node));
    }

    /// <summary>Where an interrupt is to be delivered when CPUs have come back online.</summary>
    /// <param name="before">How it was before they left; null where that is not known: it went elsewhere then, or its driver was bound since.</param>
    /// <param name="now">Where it is delivered now.</param>
    /// <param name="online">The CPUs that are online, with those that came back.</param>
    /// <param name="node">Those of them that are on its node; empty where it has none.</param>
    /// <param name="returned">The CPUs that came back.</param>
    /// <returns>Null where it is to be left as it is.</returns>
    public static CpuSet? Restored(InterruptAffinity? before, CpuSet now, CpuSet online, CpuSet node, CpuSet returned)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(online);
        ArgumentNullException.ThrowIfNull(node);
        if (before is { Everywhere: false, WholeNode: false })
        {
            return before.Cpus;
        }

        CpuSet others = online.Except(returned);
        return now.Contains(others) ? online
            : IsWhole(now, others, node.Except(returned)) ? node
            : null;
    }

    private static bool IsWhole(CpuSet cpus, CpuSet online, CpuSet node) => !node.IsEmpty && cpus.Intersect(online).Equals(node);
}
