using System.Buffers.Binary;
using Parker.Machine;

namespace Parker.Partition;

/// <summary>The words of a header page by which one kind of thing comes and goes while a partition runs: each thing has a place, that of its device in the DSDT. Offsets in the page.</summary>
/// <remarks>The Boot Kernel says what is granted and counts the change up; the next poll of the thermal zone tells the kernel what has changed.</remarks>
public sealed record ElasticWords
{
    private const int BitsOfAWord = 32;

    private ElasticWords()
    {
    }

    /// <summary>Those of CPUs. A CPU's place is its place among <see cref="PartitionPlan.ToldCpus"/>.</summary>
    public static ElasticWords Cpus { get; } = new()
    {
        Change = HeaderPageLayout.CpuChange,
        Taken = HeaderPageLayout.CpuChangeTaken,
        Refusal = HeaderPageLayout.CpuRefusal,
        Granted = HeaderPageLayout.GrantedCpus,
        Present = HeaderPageLayout.PresentCpus,
        Answers = HeaderPageLayout.CpuAnswers,
    };

    /// <summary>Those of memory. A piece's place is <see cref="AddedMemory.Place"/>.</summary>
    public static ElasticWords Memory { get; } = new()
    {
        Change = HeaderPageLayout.MemoryChange,
        Taken = HeaderPageLayout.MemoryChangeTaken,
        Refusal = HeaderPageLayout.MemoryRefusal,
        Granted = HeaderPageLayout.GrantedMemory,
        Present = HeaderPageLayout.PresentMemory,
        Answers = HeaderPageLayout.MemoryAnswers,
    };

    /// <summary>4 bytes, written by the Boot Kernel after <see cref="Granted"/>: how often that was changed.</summary>
    public required ByteSize Change { get; init; }

    /// <summary>4 bytes, written by AML: the change that was taken last.</summary>
    public required ByteSize Taken { get; init; }

    /// <summary>4 bytes, written by AML: the status of the last refusal.</summary>
    public required ByteSize Refusal { get; init; }

    /// <summary>A bit for each place, written by the Boot Kernel.</summary>
    public required ByteSize Granted { get; init; }

    /// <summary>A bit for each place, written by AML: whether its device is there.</summary>
    public required ByteSize Present { get; init; }

    /// <summary>Two bits for each place, a <see cref="KernelAnswer"/>, written by AML.</summary>
    public required ByteSize Answers { get; init; }

    /// <summary>Writes what is granted before the start, as the first change.</summary>
    /// <param name="page">The header page.</param>
    /// <param name="granted">Whether it is, by place.</param>
    public void WriteInitial(Span<byte> page, ReadOnlySpan<bool> granted)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page[(int)Change.Bytes..], 1);
        uint[] words = ToWords(granted);
        for (int word = 0; word < words.Length; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(page[((int)Granted.Bytes + (4 * word))..], words[word]);
        }
    }

    /// <summary>Writes what is granted, and counts the change up.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="granted">Whether it is, by place.</param>
    /// <returns>The number of the change.</returns>
    public uint Grant(IMappedMemory memory, PhysicalAddress headerPage, ReadOnlySpan<bool> granted)
    {
        ArgumentNullException.ThrowIfNull(memory);
        uint[] words = ToWords(granted);
        for (int word = 0; word < words.Length; word++)
        {
            memory.WriteUInt32(headerPage + Granted + new ByteSize((ulong)(4 * word)), words[word]);
        }

        uint change = unchecked(memory.ReadUInt32(headerPage + Change) + 1);
        memory.WriteUInt32(headerPage + Change, change);
        return change;
    }

    /// <summary>Whether the device at a place is there, as the kernel is told.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="place">The place.</param>
    public bool IsPresent(IMappedMemory memory, PhysicalAddress headerPage, int place) => ReadBits(memory, headerPage + Present, place, 1) != 0;

    /// <summary>What the kernel has answered to the last change at a place. A kernel wrote it: any value is possible.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="place">The place.</param>
    public KernelAnswer ReadAnswer(IMappedMemory memory, PhysicalAddress headerPage, int place) => (KernelAnswer)ReadBits(memory, headerPage + Answers, place, 2);

    private static uint ReadBits(IMappedMemory memory, PhysicalAddress start, int place, int width)
    {
        ArgumentNullException.ThrowIfNull(memory);
        int bit = place * width;
        uint word = memory.ReadUInt32(start + new ByteSize((ulong)(4 * (bit / BitsOfAWord))));
        return (word >> (bit % BitsOfAWord)) & ((1u << width) - 1);
    }

    private static uint[] ToWords(ReadOnlySpan<bool> granted)
    {
        uint[] words = new uint[(granted.Length + BitsOfAWord - 1) / BitsOfAWord];
        for (int place = 0; place < granted.Length; place++)
        {
            words[place / BitsOfAWord] |= granted[place] ? 1u << (place % BitsOfAWord) : 0;
        }

        return words;
    }
}
