using System.Diagnostics;
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Parker.Linux.Machines;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Bench;

/// <summary>What Parker does with memory of the pool, beside the plainest way to do the same with the same bytes, in turns.</summary>
internal static class PoolMeasurement
{
    private const int ChunkBytes = 64 << 20;

    /// <param name="range">A part of the pool that no partition has, host-physical; overwritten.</param>
    /// <param name="path">A file to load, as a kernel or an initrd is; read once before, so that it lies in the page cache.</param>
    /// <param name="rounds">How many turns.</param>
    public static void Take(PhysicalRange range, string path, int rounds)
    {
        byte[] bytes = File.ReadAllBytes(path);
        byte[] ordinary = new byte[ChunkBytes];
        ordinary.AsSpan().Fill(0xA5);
        using SafeFileHandle file = File.OpenHandle(path);
        FileContent content = new(file, path, ByteSize.Zero, new ByteSize((ulong)bytes.Length));
        using LinuxMachine machine = new(Path.GetTempPath());
        for (int round = 0; round < rounds; round++)
        {
            // A mapping each, as a start has.
            using (IMappedMemory memory = machine.Map(PhysicalRangeSet.Of(range)))
            {
                Tell("zero", () => memory.Zero(range));
            }

            Tell("memset", () => Clear(ordinary, range.Length));
            using (IMappedMemory memory = machine.Map(PhysicalRangeSet.Of(range)))
            {
                // All three through a mapping that is there.
                memory.Write(range.Start, bytes);
                Tell("read", () => content.CopyTo(ByteSize.Zero, ordinary.AsSpan(0, bytes.Length)));
                HeldContent? held = null;
                Tell("hold", () => held = HeldContent.Of(content));
                using (held)
                {
                    // Both from bytes that were just read, as a start has read them for their hashes.
                    _ = bytes.AsSpan().Count((byte)0xA5);
                    Tell("memcpy", () => memory.Write(range.Start, bytes));
                    _ = Count(held!);
                    Tell("load", () => memory.Write(range.Start, held!));
                }

                Tell("compare", () =>
                {
                    if (!memory.Matches(range.Start, bytes))
                    {
                        throw new InvalidOperationException("What was written does not read back.");
                    }
                });
            }
        }
    }

    private static int Count(HeldContent content)
    {
        int count = 0;
        byte[] chunk = new byte[1 << 20];
        for (ulong at = 0; at < content.Length.Bytes; at += (ulong)chunk.Length)
        {
            Span<byte> part = chunk.AsSpan(0, (int)Math.Min((ulong)chunk.Length, content.Length.Bytes - at));
            content.CopyTo(new ByteSize(at), part);
            count += part.Count((byte)0xA5);
        }

        return count;
    }

    private static void Clear(byte[] ordinary, ByteSize length)
    {
        for (ulong done = 0; done < length.Bytes; done += ChunkBytes)
        {
            ordinary.AsSpan(0, (int)Math.Min(ChunkBytes, length.Bytes - done)).Clear();
        }
    }

    private static void Tell(string what, Action act)
    {
        long begun = Stopwatch.GetTimestamp();
        act();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0.000}"));
    }
}
