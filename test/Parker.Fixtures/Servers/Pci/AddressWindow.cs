namespace Parker.Fixtures.Servers.Pci;

/// <summary>Addresses that devices get their BARs and bridges their windows from, one after the other.</summary>
internal sealed class AddressWindow(ulong first, ulong length)
{
    private ulong _taken;

    public ulong First => first;

    public ulong Length => length;

    public ulong Last => first + length - 1;

    /// <summary>The first free address of that alignment.</summary>
    /// <exception cref="InvalidOperationException">The window is full.</exception>
    public ulong Take(ulong size, ulong alignment)
    {
        ulong start = (first + _taken + alignment - 1) / alignment * alignment;
        if (start + size > first + length)
        {
            throw new InvalidOperationException($"A window of 0x{length:x} bytes at 0x{first:x} has no room for 0x{size:x} more.");
        }

        _taken = start + size - first;
        return start;
    }
}
