using Parker.Machine;

namespace Parker.Partition;

/// <summary>How a partition's memory may grow while it runs.</summary>
/// <param name="MaxBytes">How much it may have, with what it starts with.</param>
/// <param name="StepBytes">How much comes or goes at once: a whole number of the kernel's memory blocks.</param>
/// <param name="Windows">Where memory may come from, each a whole number of these blocks: its kernel is told on which node they are. Nothing of the machine is kept for it.</param>
public sealed record ElasticMemory(ulong MaxBytes, ulong StepBytes, IReadOnlyList<PartitionMemory> Windows)
{
    private static readonly ByteSize LargestBlock = ByteSize.FromGibibytes(2);
    private static readonly PhysicalAddress LargeBlocksFrom = new(64UL << 30);
    private static readonly ByteSize Tebibyte = ByteSize.FromGibibytes(1024);

    // CONFIG_RANDOMIZE_MEMORY_PHYSICAL_PADDING of kernels with memory hotplug.
    private static readonly ByteSize RoomForGrowth = Tebibyte * 10;

    /// <summary>How much it may have, with what it starts with.</summary>
    public ByteSize Max => new(MaxBytes);

    /// <summary>How much comes or goes at once.</summary>
    public ByteSize Step => new(StepBytes);

    /// <summary>The smallest block by which Linux adds memory on x86-64: one section (arch/x86/include/asm/sparsemem.h, <c>SECTION_SIZE_BITS</c>).</summary>
    public static ByteSize SmallestBlock => ByteSize.FromMebibytes(128);

    /// <summary>The block by which a partition's kernel adds and removes memory, or a multiple of it.</summary>
    /// <remarks>
    /// arch/x86/mm/init_64.c, <c>probe_memory_block_size</c>: 128 MiB where its memory ends below 64 GiB, else 2 GiB, or under a hypervisor a smaller power of 2. It is the end that counts, not
    /// the size.
    /// </remarks>
    /// <param name="memory">What the partition starts with.</param>
    public static ByteSize BlockOf(IReadOnlyList<PartitionMemory> memory) => End(memory) < LargeBlocksFrom ? SmallestBlock : LargestBlock;

    /// <summary>
    /// Where the memory must end that may come: with KASLR the kernel's direct map has room for what it starts with, in whole TiB, and 10 TiB (arch/x86/mm/kaslr.c,
    /// <c>kernel_randomize_memory</c>).
    /// </summary>
    /// <param name="memory">What the partition starts with.</param>
    public static PhysicalAddress LimitOf(IReadOnlyList<PartitionMemory> memory) => End(memory).AlignUp(Tebibyte) + RoomForGrowth;

    /// <summary>How much comes or goes at once: a block, or as many as it takes so that there are places enough.</summary>
    /// <param name="growth">By how much the partition may grow.</param>
    /// <param name="block">The kernel's memory block.</param>
    public static ByteSize StepOf(ByteSize growth, ByteSize block)
    {
        ByteSize step = block;
        while (growth / step > (ulong)HeaderPageLayout.MaxMemoryPlaces)
        {
            step *= 2;
        }

        return step;
    }

    private static PhysicalAddress End(IReadOnlyList<PartitionMemory> memory)
    {
        PhysicalAddress end = PhysicalAddress.Zero;
        foreach (PartitionMemory range in memory)
        {
            end = range.Range.End > end ? range.Range.End : end;
        }

        return end;
    }
}
