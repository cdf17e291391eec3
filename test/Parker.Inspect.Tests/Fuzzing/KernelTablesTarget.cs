using System.Buffers.Binary;
using System.Diagnostics;
using Parker.Inspect.Tests.Synthetic;

namespace Parker.Inspect.Tests.Fuzzing;

/// <summary>Looks into a kernel with symbols, types, threads and counters, whose memory was changed: nothing comes out but values and diagnostics, and no more is read than a bound.</summary>
internal static class KernelTablesTarget
{
    // A reading of the unchanged kernel takes a few thousand.
    private const int MostReads = 4_000_000;

    private const int Tables = 0x30000;
    private const int TablesLength = 0x40000;

    /// <summary>Bytes choose what is changed.</summary>
    /// <remarks>
    /// <code>
    /// items of 1 byte, modulo 3, 3 bytes of offset and 8 of value:
    /// 0    8 bytes of symbols, types, threads and counters
    /// 1    1 byte of these
    /// 2    8 bytes anywhere
    /// </code>
    /// </remarks>
    public static void Look(ReadOnlySpan<byte> input)
    {
        SyntheticKernel kernel = new();
        MeasuredKernel.Write(kernel, ("init_task", ThreadTables.FirstTask), ("crash_notes", SyntheticKernel.Image + 0x52050), ("page_offset_base", SyntheticKernel.Image + 0x52058));
        ThreadTables.Write(kernel);
        Span<byte> item = stackalloc byte[12];
        while (!input.IsEmpty)
        {
            item.Clear();
            int there = Math.Min(item.Length, input.Length);
            input[..there].CopyTo(item);
            input = input[there..];
            int offset = item[1] | (item[2] << 8) | (item[3] << 16);
            switch (item[0] % 3)
            {
                case 0:
                    kernel.Word(Tables + (offset % TablesLength), BinaryPrimitives.ReadUInt64LittleEndian(item[4..]));
                    break;
                case 1:
                    kernel.Memory.Bytes[Tables + (offset % TablesLength)] = item[4];
                    break;
                default:
                    kernel.Word(offset % (SyntheticKernel.Size - 8), BinaryPrimitives.ReadUInt64LittleEndian(item[4..]));
                    break;
            }
        }

        int reads = 0;
        kernel.Memory.BeforeRead = (_, _) =>
        {
            if (++reads >= MostReads)
            {
                throw new UnreachableException("The number of reads has a bound.");
            }
        };
        KernelReading.All(kernel.Memory);
    }
}
