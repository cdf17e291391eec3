using System.Buffers.Binary;
using Parker.Machine;

namespace Parker.Partition;

/// <summary>The words of a header page by which CPUs come and go while a partition runs. A CPU's place is its place among <see cref="PartitionPlan.ToldCpus"/>.</summary>
/// <remarks>The Boot Kernel says which CPUs are granted and counts the change up; the next poll of the thermal zone tells the kernel what has changed.</remarks>
public static class CpuWords
{
    private const int BitsOfAWord = 32;

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

        BinaryPrimitives.WriteUInt32LittleEndian(page[(int)HeaderPageLayout.CpuChange.Bytes..], 1);
        uint[] granted = Granted(plan);
        for (int word = 0; word < granted.Length; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(page[((int)HeaderPageLayout.GrantedCpus.Bytes + (4 * word))..], granted[word]);
        }

        for (int place = 0; place < plan.ToldCpus.Count; place++)
        {
            page[(int)HeaderPageLayout.PresentCpus.Bytes + (place / 8)] |= (byte)(1 << (place % 8));
        }
    }

    /// <summary>Writes which CPUs are granted, and counts the change up.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="plan">The partition with the CPUs that it has from now on.</param>
    /// <returns>The number of the change.</returns>
    public static uint Grant(IMappedMemory memory, PhysicalAddress headerPage, PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(memory);
        uint[] granted = Granted(plan);
        for (int word = 0; word < granted.Length; word++)
        {
            memory.WriteUInt32(headerPage + HeaderPageLayout.GrantedCpus + new ByteSize((ulong)(4 * word)), granted[word]);
        }

        uint change = unchecked(memory.ReadUInt32(headerPage + HeaderPageLayout.CpuChange) + 1);
        memory.WriteUInt32(headerPage + HeaderPageLayout.CpuChange, change);
        return change;
    }

    /// <summary>Whether a CPU's device is there, as the kernel is told.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="place">The CPU's place.</param>
    public static bool IsPresent(IMappedMemory memory, PhysicalAddress headerPage, int place) => ReadBits(memory, headerPage + HeaderPageLayout.PresentCpus, place, 1) != 0;

    /// <summary>What the kernel has answered to the last change of a CPU. A kernel wrote it: any value is possible.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="place">The CPU's place.</param>
    public static CpuAnswer ReadAnswer(IMappedMemory memory, PhysicalAddress headerPage, int place) => (CpuAnswer)ReadBits(memory, headerPage + HeaderPageLayout.CpuAnswers, place, 2);

    private static uint ReadBits(IMappedMemory memory, PhysicalAddress start, int place, int width)
    {
        ArgumentNullException.ThrowIfNull(memory);
        int bit = place * width;
        uint word = memory.ReadUInt32(start + new ByteSize((ulong)(4 * (bit / BitsOfAWord))));
        return (word >> (bit % BitsOfAWord)) & ((1u << width) - 1);
    }

    private static uint[] Granted(PartitionPlan plan)
    {
        IReadOnlyList<PartitionCpu> told = plan.ToldCpus;
        uint[] granted = new uint[(told.Count + BitsOfAWord - 1) / BitsOfAWord];
        HashSet<int> given = [.. plan.Cpus.Select(cpu => cpu.Number)];
        for (int place = 0; place < told.Count; place++)
        {
            granted[place / BitsOfAWord] |= given.Contains(told[place].Number) ? 1u << (place % BitsOfAWord) : 0;
        }

        return granted;
    }
}
