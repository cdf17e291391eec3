using System.Buffers.Binary;
using System.Text;

namespace Parker.Inspect.Addressing;

/// <summary>Reads values; null where they cannot be read.</summary>
public static class VirtualMemoryReading
{
    /// <summary>8 bytes, little endian.</summary>
    public static ulong? ReadUInt64(this IVirtualMemory memory, VirtualAddress address)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Span<byte> bytes = stackalloc byte[8];
        return memory.TryRead(address, bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : null;
    }

    /// <summary>4 bytes, little endian.</summary>
    public static uint? ReadUInt32(this IVirtualMemory memory, VirtualAddress address)
    {
        ArgumentNullException.ThrowIfNull(memory);
        Span<byte> bytes = stackalloc byte[4];
        return memory.TryRead(address, bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : null;
    }

    /// <summary>A pointer; null also for the null pointer.</summary>
    public static VirtualAddress? ReadPointer(this IVirtualMemory memory, VirtualAddress address) =>
        memory.ReadUInt64(address) is ulong value and not 0 ? new VirtualAddress(value) : null;

    /// <summary>Text up to its NUL or <paramref name="limit"/> bytes, UTF-8; what is none is replaced.</summary>
    public static string? ReadText(this IVirtualMemory memory, VirtualAddress address, int limit)
    {
        ArgumentNullException.ThrowIfNull(memory);
        byte[] bytes = new byte[limit];
        int length = 0;
        while (length < limit)
        {
            // Never over the end of a page with one read: what follows the text may not be mapped.
            int part = Math.Min(limit - length, 4096 - (int)((address + (ulong)length).Value & 0xFFF));
            if (!memory.TryRead(address + (ulong)length, bytes.AsSpan(length, part)))
            {
                return null;
            }

            int end = bytes.AsSpan(length, part).IndexOf((byte)0);
            if (end >= 0)
            {
                return Encoding.UTF8.GetString(bytes, 0, length + end);
            }

            length += part;
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
