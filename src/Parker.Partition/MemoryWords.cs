using System.Buffers.Binary;
using Parker.Machine;

namespace Parker.Partition;

/// <summary>Which memory has come to a partition while it runs, in the words of its header page: the device of a piece is there once, and where its memory lies is said anew each time.</summary>
public static class MemoryWords
{
    /// <summary>Writes the words as they are before the start: none is there, and the first poll brings what is granted.</summary>
    /// <param name="page">The header page.</param>
    /// <param name="plan">The partition.</param>
    public static void WriteInitial(Span<byte> page, PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.ElasticMemory is null)
        {
            return;
        }

        foreach (AddedMemory piece in plan.AddedMemory)
        {
            page[(int)NodeOf(piece.Place).Bytes] = plan.ProximityDomainOf(piece.Node);
            BinaryPrimitives.WriteUInt32LittleEndian(page[(int)BlockOf(piece.Place).Bytes..], Block(piece));
        }

        ElasticWords.Memory.WriteInitial(page, Granted(plan));
    }

    /// <summary>Writes which memory is granted and where it is, and counts the change up.</summary>
    /// <param name="memory">Maps the header page.</param>
    /// <param name="headerPage">Its address, host-physical.</param>
    /// <param name="plan">The partition with the memory that it has from now on.</param>
    /// <returns>The number of the change.</returns>
    public static uint Grant(IMappedMemory memory, PhysicalAddress headerPage, PartitionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(plan);
        foreach (AddedMemory piece in plan.AddedMemory)
        {
            int shift = 8 * (piece.Place % 4);
            PhysicalAddress nodes = headerPage + HeaderPageLayout.MemoryNodes + new ByteSize((ulong)(piece.Place - (piece.Place % 4)));
            memory.WriteUInt32(nodes, (memory.ReadUInt32(nodes) & ~(0xFFu << shift)) | ((uint)plan.ProximityDomainOf(piece.Node) << shift));
            memory.WriteUInt32(headerPage + BlockOf(piece.Place), Block(piece));
        }

        return ElasticWords.Memory.Grant(memory, headerPage, Granted(plan));
    }

    private static ByteSize NodeOf(int place) => HeaderPageLayout.MemoryNodes + new ByteSize((ulong)place);

    private static ByteSize BlockOf(int place) => HeaderPageLayout.MemoryBlocks + new ByteSize((ulong)(4 * place));

    private static uint Block(AddedMemory piece) => checked((uint)(piece.Range.Start.Value / ElasticMemory.SmallestBlock.Bytes));

    private static bool[] Granted(PartitionPlan plan)
    {
        bool[] granted = new bool[plan.MemoryPlaces];
        foreach (AddedMemory piece in plan.AddedMemory)
        {
            granted[piece.Place] = true;
        }

        return granted;
    }
}
