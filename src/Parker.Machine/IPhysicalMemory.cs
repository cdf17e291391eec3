namespace Parker.Machine;

/// <summary>Bytes at physical addresses: a mapping of a partition's memory, an ELF core, a captured file.</summary>
/// <remarks>What lies there may belong to a running kernel: it can change between two reads, and nothing in it can be trusted.</remarks>
public interface IPhysicalMemory
{
    /// <summary>The addresses that can be read, host-physical.</summary>
    PhysicalRangeSet Ranges { get; }

    /// <summary>Copies the bytes from <paramref name="address"/> on into <paramref name="destination"/>.</summary>
    /// <param name="address">Host-physical.</param>
    /// <param name="destination">Filled wholly when the result is true, else left as it was.</param>
    /// <returns>False where a byte lies outside <see cref="Ranges"/>.</returns>
    bool TryRead(PhysicalAddress address, Span<byte> destination);
}
