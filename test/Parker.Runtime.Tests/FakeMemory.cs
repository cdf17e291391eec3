using System.Buffers.Binary;
using System.Collections.Concurrent;
using Parker.Machine;

namespace Parker.Runtime.Tests;

/// <summary>The pool's bytes, in pages that exist once they were written. For use by several threads at once.</summary>
public sealed class FakeMemory
{
    private readonly ConcurrentDictionary<ulong, byte[]> _pages = new();

    /// <summary>Is called before a read of 64 KiB or more.</summary>
    public Action? BulkRead { get; set; }

    public bool IsAllZero(PhysicalRangeSet ranges) =>
        _pages.All(page => !ranges.Contains(new PhysicalAddress(page.Key << 12)) || page.Value.AsSpan().IndexOfAnyExcept((byte)0) < 0);

    public byte this[PhysicalAddress address]
    {
        get => _pages.TryGetValue(address.Value >> 12, out byte[]? page) ? page[address.Value & 0xFFF] : (byte)0;
        set
        {
            byte[] page = _pages.GetOrAdd(address.Value >> 12, _ => new byte[4096]);
            page[address.Value & 0xFFF] = value;
        }
    }

    public void Zero(PhysicalRange range)
    {
        foreach (ulong page in _pages.Keys.Where(page => range.Contains(new PhysicalRange(new PhysicalAddress(page << 12), ByteSize.Page))).ToArray())
        {
            _pages.TryRemove(page, out _);
        }
    }

    public uint ReadUInt32(PhysicalAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(address, bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public void WriteUInt32(PhysicalAddress address, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Write(address, bytes);
    }

    public void Read(PhysicalAddress address, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int within = (int)(address.Value & 0xFFF);
            int length = Math.Min(destination.Length, 4096 - within);
            if (_pages.TryGetValue(address.Value >> 12, out byte[]? page))
            {
                page.AsSpan(within, length).CopyTo(destination);
            }
            else
            {
                destination[..length].Clear();
            }

            destination = destination[length..];
            address += new ByteSize((ulong)length);
        }
    }

    public void Write(PhysicalAddress address, ReadOnlySpan<byte> source)
    {
        for (int i = 0; i < source.Length; i++)
        {
            this[address + new ByteSize((ulong)i)] = source[i];
        }
    }
}
