namespace Parker.Inspect.Addressing;

/// <summary>Bytes at virtual addresses of a kernel or of a process.</summary>
public interface IVirtualMemory
{
    /// <summary>Copies the bytes from <paramref name="address"/> on.</summary>
    /// <returns>False where a byte of it is not mapped or not in the memory; what was copied until then is garbage.</returns>
    bool TryRead(VirtualAddress address, Span<byte> destination);
}
