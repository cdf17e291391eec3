using Parker.Machine;

namespace Parker.Partition;

/// <summary>Memory of a partition, mapped to be read and written.</summary>
/// <remarks>Addresses are host-physical. What lies there can change at any time while the partition runs: words are read and written in one access each.</remarks>
public interface IMappedMemory : IPhysicalMemory, IDisposable
{
    /// <summary>Copies <paramref name="source"/> to <paramref name="address"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A byte lies outside the mapped ranges.</exception>
    void Write(PhysicalAddress address, ReadOnlySpan<byte> source);

    /// <summary>Copies all of <paramref name="content"/> to <paramref name="address"/> on; what comes from a file is read right into the memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A byte lies outside the mapped ranges.</exception>
    /// <exception cref="IOException">A file that the bytes come from cannot be read, or became shorter.</exception>
    void Write(PhysicalAddress address, SegmentContent content);

    /// <summary>Fills <paramref name="range"/> with zero bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A byte lies outside the mapped ranges.</exception>
    void Zero(PhysicalRange range);

    /// <summary>Whether every byte at <paramref name="address"/> on equals <paramref name="expected"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A byte lies outside the mapped ranges.</exception>
    bool Matches(PhysicalAddress address, ReadOnlySpan<byte> expected);

    /// <summary>Reads 4 bytes, little endian, in one access.</summary>
    /// <param name="address">A multiple of 4.</param>
    uint ReadUInt32(PhysicalAddress address);

    /// <summary>Reads 8 bytes, little endian, in one access.</summary>
    /// <param name="address">A multiple of 8.</param>
    ulong ReadUInt64(PhysicalAddress address);

    /// <summary>Writes 4 bytes, little endian, in one access; later writes of this thread are seen after it.</summary>
    /// <param name="address">A multiple of 4.</param>
    /// <param name="value">The value.</param>
    void WriteUInt32(PhysicalAddress address, uint value);
}
