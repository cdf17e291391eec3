using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime;

/// <summary>Writes a memory image into a partition's memory, and reads it back.</summary>
internal static class ImageLoader
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes every segment.</summary>
    /// <exception cref="IOException">A file became shorter since the image was made.</exception>
    public static void Write(MemoryImage image, IMappedMemory memory)
    {
        foreach (MemorySegment segment in image.Segments)
        {
            memory.Write(segment.Address, segment.Content);
        }
    }

    /// <summary>Compares every segment with what lies in memory.</summary>
    /// <exception cref="MachineException">A byte differs.</exception>
    /// <exception cref="IOException">A file became shorter since the image was made.</exception>
    public static void Verify(MemoryImage image, IMappedMemory memory)
    {
        byte[] buffer = new byte[ChunkBytes];
        foreach (MemorySegment segment in image.Segments)
        {
            ulong length = segment.Content.Length.Bytes;
            for (ulong offset = 0; offset < length; offset += ChunkBytes)
            {
                Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(ChunkBytes, length - offset));
                segment.Content.CopyTo(new ByteSize(offset), chunk);
                PhysicalAddress address = segment.Address + new ByteSize(offset);
                if (!memory.Matches(address, chunk))
                {
                    throw new MachineException("load the image", $"{chunk.Length} bytes at {address}", "what was written there does not read back");
                }
            }
        }
    }
}
