using System.Buffers.Binary;
using System.Text;
using Parker.Machine;

namespace Parker.Inspect.Logs;

/// <summary>The log of a kernel that died, or hangs, before it wrote its VMCOREINFO: found by the form of its first text block.</summary>
/// <remarks>
/// The static ring that every kernel begins with (<c>kernel/printk/printk.c</c>, <c>_printk_rb_static</c>) numbers its first record 2^32 - 2^n (seen in 6.1 and 6.12), and each text block
/// begins with that number; the first text is the banner, <c>Linux version ...</c>. Blocks follow each other, so the next one begins where the next number stands. Levels and times lie elsewhere and
/// are not looked for.
/// </remarks>
public static class EarlyLog
{
    private const ulong IdMask = (1UL << 62) - 1;
    private const int BlockHeader = 8;
    private const int LongestBanner = 512;
    private const int LongestText = 4096;
    private const int MostRecords = 1 << 16;
    private const int ChunkSize = 1 << 20;

    private static ReadOnlySpan<byte> Banner => "Linux version "u8;

    /// <summary>Looks for it in all of a memory.</summary>
    /// <returns>The texts, oldest first; the banner alone where the kernel was unpacked but has not begun to log; empty where there is no kernel.</returns>
    public static IReadOnlyList<string> Find(IPhysicalMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        string? banner = null;
        foreach (PhysicalAddress address in Banners(memory))
        {
            if (address.Value >= BlockHeader && IsFirstId(ReadWord(memory, address - new ByteSize(BlockHeader)), out ulong id))
            {
                return ReadBlocks(memory, address - new ByteSize(BlockHeader), id);
            }

            banner ??= ReadText(memory, address, LongestBanner);
        }

        return banner is null ? [] : [banner];
    }

    private static IEnumerable<PhysicalAddress> Banners(IPhysicalMemory memory)
    {
        byte[] chunk = new byte[ChunkSize + LongestBanner];
        foreach (PhysicalRange range in memory.Ranges)
        {
            for (PhysicalAddress start = range.Start; start < range.End; start += new ByteSize(Math.Min((range.End - start).Bytes, ChunkSize)))
            {
                // Chunks overlap, for a banner may lie across two.
                int length = (int)Math.Min((range.End - start).Bytes, (ulong)chunk.Length);
                if (!memory.TryRead(start, chunk.AsSpan(0, length)))
                {
                    continue;
                }

                int from = 0;
                int found;
                while (from < Math.Min(length, ChunkSize) && (found = chunk.AsSpan(from, length - from).IndexOf(Banner)) >= 0)
                {
                    from += found;
                    int digit = from + Banner.Length;

                    // printk's format string has a % there.
                    if (from < ChunkSize && digit < length && char.IsAsciiDigit((char)chunk[digit]))
                    {
                        yield return start + new ByteSize((ulong)from);
                    }

                    from++;
                }
            }
        }
    }

    // Ones above n zeros, in 32 bits where the kernel negates an unsigned int, else in 62; n is CONFIG_LOG_BUF_SHIFT (12 to 25) less 5.
    private static bool IsFirstId(ulong? word, out ulong id)
    {
        id = word ?? 0;
        ulong zeros = (id <= uint.MaxValue ? 1UL << 32 : IdMask + 1) - id;
        return id is not 0 and <= IdMask && ulong.IsPow2(zeros) && zeros is >= 1 << 7 and <= 1 << 20;
    }

    private static List<string> ReadBlocks(IPhysicalMemory memory, PhysicalAddress block, ulong id)
    {
        List<string> texts = [];
        byte[] bytes = new byte[BlockHeader + LongestText];
        while (texts.Count < MostRecords && memory.TryRead(block, bytes.AsSpan(0, ReadableLength(memory, block, bytes.Length))))
        {
            int readable = ReadableLength(memory, block, bytes.Length);
            ulong next = (id + 1) & IdMask;
            int end = BlockHeader;
            while (end + 8 <= readable && BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(end)) != next)
            {
                end += 8;
            }

            bool isLast = end + 8 > readable;
            ReadOnlySpan<byte> text = bytes.AsSpan(BlockHeader, (isLast ? readable : end) - BlockHeader);
            int nul = text.IndexOf((byte)0);
            texts.Add(Encoding.UTF8.GetString(nul < 0 ? text : text[..nul]));
            if (isLast)
            {
                break;
            }

            block += new ByteSize((ulong)end);
            id = next;
        }

        return texts;
    }

    private static int ReadableLength(IPhysicalMemory memory, PhysicalAddress address, int wanted)
    {
        foreach (PhysicalRange range in memory.Ranges)
        {
            if (range.Contains(address))
            {
                return (int)Math.Min((range.End - address).Bytes, (ulong)wanted);
            }
        }

        return 0;
    }

    private static ulong? ReadWord(IPhysicalMemory memory, PhysicalAddress address)
    {
        Span<byte> bytes = stackalloc byte[8];
        return memory.TryRead(address, bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : null;
    }

    private static string ReadText(IPhysicalMemory memory, PhysicalAddress address, int limit)
    {
        byte[] bytes = new byte[ReadableLength(memory, address, limit)];
        if (!memory.TryRead(address, bytes))
        {
            return "";
        }

        int end = bytes.AsSpan().IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        return Encoding.ASCII.GetString(bytes.AsSpan(0, end < 0 ? bytes.Length : end));
    }
}
