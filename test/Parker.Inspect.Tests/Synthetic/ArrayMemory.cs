using Parker.Machine;

namespace Parker.Inspect.Tests.Synthetic;

/// <summary>Memory in one range that an array holds.</summary>
internal sealed class ArrayMemory(PhysicalAddress start, byte[] bytes) : IPhysicalMemory
{
    public PhysicalRangeSet Ranges { get; } = PhysicalRangeSet.Of(new PhysicalRange(start, new ByteSize((ulong)bytes.Length)));

    public byte[] Bytes => bytes;

    public PhysicalAddress Start => start;

    /// <summary>Is called before each read, to change something as a running kernel would.</summary>
    public Action<PhysicalAddress, int>? BeforeRead { get; set; }

    public bool TryRead(PhysicalAddress address, Span<byte> destination)
    {
        BeforeRead?.Invoke(address, destination.Length);
        if (address < start || address.Value - start.Value > (ulong)bytes.Length || (ulong)destination.Length > (ulong)bytes.Length - (address.Value - start.Value))
        {
            return false;
        }

        bytes.AsSpan((int)(address.Value - start.Value), destination.Length).CopyTo(destination);
        return true;
    }
}
