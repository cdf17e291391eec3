using Parker.Machine;
using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Planning.Difference;

/// <summary>Whether what a partition has is what is wished: then it stays where it is, whatever else changes.</summary>
internal static class Satisfaction
{
    public static bool OfCpus(PartitionPlan plan, PartitionWish wish, MachineIndex index)
    {
        CpuSet cpus = CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number));
        if (wish.Cpus is CpuSet named)
        {
            return named.Equals(cpus);
        }

        // A count becomes whole cores: with the smallest of its cores less it would be too few.
        int smallestCore = plan.Cpus.Select(cpu => index.Cpus.TryGetValue(cpu.Number, out var logical) ? logical.Siblings.Intersect(cpus).Union(CpuSet.Of(cpu.Number)).Count : 1).DefaultIfEmpty(1).Min();
        return cpus.Count >= wish.CpuCount && cpus.Count - smallestCore < wish.CpuCount && (wish.Node is null || plan.Cpus.All(cpu => cpu.Node == wish.Node));
    }

    public static bool OfMemory(PartitionPlan plan, PartitionWish wish)
    {
        PhysicalRangeSet ranges = PhysicalRangeSet.Of(plan.AllMemory.Select(memory => memory.Range));
        ByteSize unit = plan.AddedMemory.Count > 0 ? plan.ElasticMemory!.Step : PartitionLayout.RangeAlignment;
        return wish.MemoryRanges.Count > 0
            ? ranges.Equals(PhysicalRangeSet.Of(wish.MemoryRanges))
            : ranges.TotalLength >= wish.MemorySize && ranges.TotalLength - wish.MemorySize < unit && (wish.Node is null || plan.AllMemory.All(memory => memory.Node == wish.Node));
    }

    public static bool OfDevices(PartitionPlan plan, PartitionWish wish) =>
        wish.Devices.All(device => plan.Buses.Any(bus => bus.Functions.Contains(device))) && plan.Buses.All(bus => bus.Functions.Any(wish.Devices.Contains));

    public static bool OfTheRest(PartitionPlan plan, PartitionWish wish) =>
        plan.UartPort == wish.UartPort && plan.CpusMax == (wish.CpusMax ?? 0) && plan.ElasticMemory?.Max == wish.MemoryMax && plan.KernelPath == wish.KernelPath && plan.InitrdPaths.SequenceEqual(wish.InitrdPaths) && plan.CommandLine == wish.CommandLine;
}
