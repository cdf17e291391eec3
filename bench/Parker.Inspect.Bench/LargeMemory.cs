using Parker.Machine;

namespace Parker.Inspect.Bench;

/// <summary>4 GiB in which no page is like another, so that nothing of it is in a cache that a partition's memory would not be in; a small memory can be laid over a part of it.</summary>
internal sealed class LargeMemory : IPhysicalMemory
{
    private const int PieceShift = 30;

    private readonly byte[][] _pieces = new byte[4][];
    private (ulong Start, IPhysicalMemory Memory)? _over;

    public LargeMemory(PhysicalAddress start)
    {
        Start = start;
        Ranges = PhysicalRangeSet.Of(new PhysicalRange(start, ByteSize.FromGibibytes(4)));
        Random random = new(1);
        for (int piece = 0; piece < _pieces.Length; piece++)
        {
            _pieces[piece] = GC.AllocateUninitializedArray<byte>(1 << PieceShift);
            for (int page = 0; page < _pieces[piece].Length; page += 4096)
            {
                random.NextBytes(_pieces[piece].AsSpan(page, 16));
            }
        }
    }

    public PhysicalAddress Start { get; }

    public PhysicalRangeSet Ranges { get; }

    /// <summary>Lays a memory over a part of this one.</summary>
    public void Put(IPhysicalMemory memory) => _over = (memory.Ranges[0].Start.Value, memory);

    public void Clear() => _over = null;

    public bool TryRead(PhysicalAddress address, Span<byte> destination)
    {
        if (_over is (ulong start, IPhysicalMemory memory) && address.Value >= start && address.Value - start < memory.Ranges[0].Length.Bytes)
        {
            return memory.TryRead(address, destination);
        }

        if (!Ranges.Contains(new PhysicalRange(address, new ByteSize((ulong)destination.Length))))
        {
            return false;
        }

        ulong offset = address.Value - Start.Value;
        _pieces[offset >> PieceShift].AsSpan((int)(offset & ((1UL << PieceShift) - 1)), destination.Length).CopyTo(destination);
        return true;
    }
}
