using Parker.Machine;

namespace Parker.Partition;

/// <summary>Which CPUs a partition has, in the words of its header page.</summary>
public static class CpuWords
{
    /// <summary>Writes the words as they are before the start: all CPUs are there, and the first poll takes those away that are not granted.</summary>
    /// <param name="page">The header page.</param>
    /// <param name="plan">The partition.</param>
    public static void WriteInitial(Span<byte> page, PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.IsElastic)
        {
            return;
        }

        bool[] granted = Granted(plan);
        ElasticWords.Cpus.WriteInitial(page, granted);
        for (int place = 0; place < granted.Length; place++)
        {
            page[(int)HeaderPageLayout.PresentCpus.Bytes + (place / 8)] |= (byte)(1 << (place % 8));
        }
    }

    /// <summary>Writes which CPUs are granted, and counts the change up.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="plan">The partition with the CPUs that it has from now on.</param>
    /// <returns>The number of the change.</returns>
    public static uint Grant(IMappedMemory memory, PhysicalAddress headerPage, PartitionPlan plan) => ElasticWords.Cpus.Grant(memory, headerPage, Granted(plan));

    private static bool[] Granted(PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        IReadOnlyList<PartitionCpu> told = plan.ToldCpus;
        bool[] granted = new bool[told.Count];
        HashSet<int> given = [];
        foreach (PartitionCpu cpu in plan.Cpus)
        {
            given.Add(cpu.Number);
        }

        for (int place = 0; place < granted.Length; place++)
        {
            granted[place] = given.Contains(told[place].Number);
        }

        return granted;
    }
}
