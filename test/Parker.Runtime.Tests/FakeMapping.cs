using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Tests;

public sealed class FakeMapping(FakeMemory memory, FaultPlan faults, PhysicalRangeSet ranges, Action closed) : IMappedMemory
{
    public PhysicalRangeSet Ranges => ranges;

    public bool TryRead(PhysicalAddress address, Span<byte> destination)
    {
        if (!ranges.Contains(new PhysicalRange(address, new ByteSize((ulong)destination.Length))))
        {
            return false;
        }

        if (destination.Length >= 1 << 16)
        {
            memory.BulkRead?.Invoke();
        }

        memory.Read(address, destination);
        return true;
    }

    public void Write(PhysicalAddress address, ReadOnlySpan<byte> source)
    {
        byte[] bytes = source.ToArray();
        Check(address, bytes.Length);
        faults.Point($"write {bytes.Length} bytes", canBeRefused: false, () => memory.Write(address, bytes));
    }

    public void Write(PhysicalAddress address, SegmentContent content)
    {
        byte[] bytes = new byte[content.Length.Bytes];
        content.CopyTo(ByteSize.Zero, bytes);
        Write(address, bytes);
    }

    public void Zero(PhysicalRange range)
    {
        Assert.True(ranges.Contains(range));
        faults.Point($"zero {range}", canBeRefused: false, () => memory.Zero(range));
    }

    public bool Matches(PhysicalAddress address, ReadOnlySpan<byte> expected)
    {
        Check(address, expected.Length);
        byte[] there = new byte[expected.Length];
        memory.Read(address, there);
        return expected.SequenceEqual(there);
    }

    public uint ReadUInt32(PhysicalAddress address)
    {
        Check(address, 4);
        return memory.ReadUInt32(address);
    }

    public ulong ReadUInt64(PhysicalAddress address)
    {
        Check(address, 8);
        return memory.ReadUInt32(address) | ((ulong)memory.ReadUInt32(address + new ByteSize(4)) << 32);
    }

    public void WriteUInt32(PhysicalAddress address, uint value)
    {
        Check(address, 4);
        faults.Point("write a word", canBeRefused: false, () => memory.WriteUInt32(address, value));
    }

    public void Dispose() => closed();

    private void Check(PhysicalAddress address, int length) => Assert.True(ranges.Contains(new PhysicalRange(address, new ByteSize((ulong)length))), $"{length} bytes at {address} are not mapped");
}
