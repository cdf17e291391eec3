using Parker.Inspect.Types;

namespace Parker.Inspect.Threads;

/// <summary>Where the fields of <c>mm_struct</c> lie that a listing of threads reads.</summary>
/// <param name="TableRoot">The highest page table.</param>
/// <param name="MappedPages">The number of pages mapped.</param>
/// <param name="ArgumentsStart">Where the command line begins in the process.</param>
/// <param name="ArgumentsEnd">Where it ends.</param>
/// <param name="ResidentCounters">The counters of resident pages.</param>
/// <param name="CounterStride">The distance between two of them.</param>
/// <param name="CounterValue">Where the sum lies in one.</param>
/// <param name="CounterParts">Where the pointer to what each CPU has not added yet lies in one (since 6.2); null where there is none.</param>
internal sealed record MemoryFields(
    int TableRoot,
    int MappedPages,
    int ArgumentsStart,
    int ArgumentsEnd,
    int ResidentCounters,
    int CounterStride,
    int CounterValue,
    int? CounterParts)
{
    /// <summary>Looks the fields up; null where one is missing.</summary>
    public static MemoryFields? TryCreate(KernelTypes types)
    {
        const int Counters = 4;
        if (types.Find("mm_struct", "pgd") is not StructureField root
            || types.Find("mm_struct", "total_vm") is not StructureField mapped
            || types.Find("mm_struct", "arg_start") is not StructureField start
            || types.Find("mm_struct", "arg_end") is not StructureField end
            || types.Find("mm_struct", "rss_stat") is not StructureField resident)
        {
            return null;
        }

        // Before 6.2 rss_stat is a structure of atomic_long_t; since then an array of percpu_counter.
        bool hasParts = types.Find("mm_struct", "rss_stat.count") is null;
        StructureField? sum = types.Find("percpu_counter", "count");
        StructureField? parts = types.Find("percpu_counter", "counters");
        return hasParts && (sum is null || parts is null || types.SizeOf("percpu_counter") is null)
            ? null
            : new MemoryFields(
                root.Offset,
                mapped.Offset,
                start.Offset,
                end.Offset,
                resident.Offset,
                hasParts ? types.SizeOf("percpu_counter")!.Value : resident.Size / Counters ?? 8,
                hasParts ? sum!.Value.Offset : 0,
                hasParts ? parts!.Value.Offset : null);
    }
}
