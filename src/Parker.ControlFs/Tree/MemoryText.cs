using Parker.Partition;

namespace Parker.ControlFs.Tree;

/// <summary>Memory as <c>memory</c> reads it.</summary>
internal static class MemoryText
{
    /// <summary><c>SIZE@0xBASE</c>, several separated by commas.</summary>
    public static string Of(PartitionPlan plan) => string.Join(',', plan.AllMemory.Select(memory => $"{memory.Range.Length.ToKernelParameter()}@{memory.Range.Start}"));

    /// <summary>A size; nothing where its memory stays what it is.</summary>
    public static string MaxOf(PartitionPlan plan) => plan.ElasticMemory?.Max.ToKernelParameter() ?? "";
}
