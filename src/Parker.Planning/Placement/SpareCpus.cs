using Parker.Machine;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Placement;

/// <summary>Says which CPUs may come to a partition while it runs: all of the machine that could be granted to it, whoever has them now.</summary>
internal static class SpareCpus
{
    private const int FarAway = int.MaxValue;

    /// <summary>The CPUs, those near the partition's first, threads of one core beside each other.</summary>
    /// <param name="index">The machine.</param>
    /// <param name="cpus">Those that the partition starts with; its first node is where it is at home.</param>
    /// <param name="ownsUnit">Whether it owns an IOMMU unit, so that it can use CPUs with any APIC ID.</param>
    /// <param name="held">CPUs that are offline because Parker holds them.</param>
    public static IReadOnlyList<PartitionCpu> Of(MachineIndex index, IReadOnlyList<PartitionCpu> cpus, bool ownsUnit, CpuSet held)
    {
        if (cpus.Count == 0)
        {
            return [];
        }

        int home = cpus[0].Node;
        HashSet<int> has = [.. cpus.Select(cpu => cpu.Number)];
        return
        [
            .. index.Machine.Cpus
                .Where(cpu => !has.Contains(cpu.Number) && CanCome(cpu, ownsUnit, held))
                .OrderBy(cpu => home < index.Distances.Count && cpu.Node < index.Distances.Count ? index.Distance(home, cpu.Node) : FarAway)
                .ThenBy(cpu => cpu.Node)
                .ThenBy(cpu => cpu.Siblings.Append(cpu.Number).Min())
                .ThenBy(cpu => cpu.Number)
                .Select(cpu => new PartitionCpu(cpu.Number, cpu.ApicId.Value!.Value, cpu.Node))
                .Take(HeaderPageLayout.MaxElasticCpus - cpus.Count),
        ];
    }

    private static bool CanCome(LogicalCpu cpu, bool ownsUnit, CpuSet held) =>
        !cpu.IsBootstrapProcessor && cpu.Number != 0 && cpu.CanGoOffline.Value == true && (cpu.Online || held.Contains(cpu.Number)) && cpu.ApicId.Value is ApicId id && (ownsUnit || id.FitsXapic);
}
