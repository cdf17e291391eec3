using Parker.Machine;
using Parker.Partition;

namespace Parker.Planning.Difference;

/// <summary>Says in words what a partition has, and what of it changes.</summary>
internal static class PlanDifferences
{
    public static IReadOnlyList<string> Between(PartitionPlan before, PartitionPolicy policyBefore, PartitionPlan after, PartitionPolicy policyAfter)
    {
        List<string> lines = [];
        Compare("cpus", Cpus(before), Cpus(after));
        Compare("cpus-max", CpusMax(before), CpusMax(after));
        Compare("memory", Memory(before), Memory(after));
        Compare("memory-max", MemoryMax(before), MemoryMax(after));
        Compare("low slot", before.LowSlot.ToString(), after.LowSlot.ToString());
        Compare("devices", Devices(before), Devices(after));
        Compare("IOMMU unit", before.Iommu?.Registers.ToString() ?? "none", after.Iommu?.Registers.ToString() ?? "none");
        Compare("uart", Uart(before), Uart(after));
        Compare("kernel", before.KernelPath, after.KernelPath);
        Compare("initrd", string.Join(" ", before.InitrdPaths), string.Join(" ", after.InitrdPaths));
        Compare("cmdline", before.CommandLine, after.CommandLine);
        Compare("restart", RestartPolicyText.Of(policyBefore.Restart), RestartPolicyText.Of(policyAfter.Restart));
        Compare("autostart", YesNo(policyBefore.Autostart), YesNo(policyAfter.Autostart));
        Compare("dump", YesNo(policyBefore.Dump), YesNo(policyAfter.Dump));
        return lines;

        void Compare(string what, string old, string now)
        {
            if (old != now)
            {
                lines.Add($"{what}: {(old.Length == 0 ? "none" : old)} -> {(now.Length == 0 ? "none" : now)}");
            }
        }
    }

    public static string Cpus(PartitionPlan plan) => CpuSet.Of(plan.Cpus.Select(cpu => cpu.Number)).ToString();

    private static string CpusMax(PartitionPlan plan) => plan.IsElastic ? $"{plan.CpusMax}" : "none";

    public static string Memory(PartitionPlan plan) => string.Join(", ", plan.AllMemory.Select(memory => $"{memory.Range.Length}@{memory.Range.Start} (node {memory.Node})"));

    private static string MemoryMax(PartitionPlan plan) => plan.ElasticMemory is { } elastic ? $"{elastic.Max}" : "none";

    public static string Devices(PartitionPlan plan) => plan.Buses.Count == 0 ? "none" : string.Join(", ", plan.Buses.SelectMany(bus => bus.Functions));

    public static string YesNo(bool value) => value ? "yes" : "no";

    public static string Uart(PartitionPlan plan) => plan.UartPort is ushort port ? $"0x{port:x}" : "none";
}
