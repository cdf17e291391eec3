using Parker.Machine;

namespace Parker.Inspect.Addressing;

/// <summary>The addresses that one set of page tables gives: a process's.</summary>
/// <param name="physical">The partition's memory.</param>
/// <param name="tables">Walks them.</param>
/// <param name="root">The highest table.</param>
public sealed class PagedMemory(IPhysicalMemory physical, PageTables tables, PhysicalAddress root) : IVirtualMemory
{
    /// <inheritdoc/>
    public bool TryRead(VirtualAddress address, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            if (!tables.TryTranslate(root, address, out MappedPage page))
            {
                return false;
            }

            int length = (int)Math.Min(page.BytesFrom(address), (ulong)destination.Length);
            if (!physical.TryRead(page.PhysicalOf(address), destination[..length]))
            {
                return false;
            }

            destination = destination[length..];
            address += (ulong)length;
        }

        return true;
    }
}
