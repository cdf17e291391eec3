using System.Buffers.Binary;
using System.Diagnostics;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Tests.Synthetic;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Fuzzing;

/// <summary>Looks into a kernel whose memory was changed: whatever is found, nothing but diagnostics comes out, and no more is read than a bound.</summary>
internal static class KernelMemoryTarget
{
    // A reading of the whole synthetic memory takes about 10 thousand; a loop without a limit takes no end of them.
    private const int MostReads = 2_000_000;

    /// <summary>Bytes choose what is changed.</summary>
    /// <remarks>
    /// <code>
    /// then items of 1 byte, modulo 5, 3 bytes of offset and 8 of value:
    /// 0    8 bytes anywhere
    /// 1    8 bytes in the image's first 16 KiB: pointers and the ring's header
    /// 2    8 bytes in the ring's arrays, as the kernel addresses them
    /// 3    1 byte of VMCOREINFO
    /// 4    a digit of VMCOREINFO, as many bytes on as the value says
    /// </code>
    /// </remarks>
    public static void Look(ReadOnlySpan<byte> input)
    {
        SyntheticKernel kernel = new(fiveLevels: input.Length > 0 && (input[0] & 0x80) != 0);
        for (int i = 0; i < 100; i++)
        {
            kernel.Log(new string('x', i));
        }

        while (!input.IsEmpty)
        {
            Change(kernel, Take(ref input, 12));
        }

        int reads = 0;
        kernel.Memory.BeforeRead = (_, _) => Require(++reads < MostReads, "The number of reads has a bound.");
        DiagnosticBag diagnostics = [];
        ApplicationKernel? opened = ApplicationKernel.TryOpen(kernel.Memory, null, diagnostics);
        Require(opened is null == diagnostics.HasErrors, "A kernel is not opened if, and only if, there is an error.");
        EarlyLog.Find(kernel.Memory);
        if (opened is null)
        {
            return;
        }

        PrintkRing? ring = opened.TryOpenLog(diagnostics);
        Require(ring is null == diagnostics.HasErrors, "A log is not opened if, and only if, there is an error.");
        if (ring is not null)
        {
            LogReading all = ring.Read(default, includeOpen: true);
            ring.Read(all.Position, includeOpen: false);
        }
    }

    private static void Change(SyntheticKernel kernel, ReadOnlySpan<byte> item)
    {
        int offset = item[1] | (item[2] << 8) | (item[3] << 16);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(item[4..]);
        switch (item[0] % 5)
        {
            case 0:
                kernel.Word(offset % (SyntheticKernel.Size - 8), value);
                break;
            case 1:
                kernel.Word(offset % 0x4000, value);
                break;
            case 2:
                kernel.WriteAt(SyntheticKernel.Mapped + (ulong)(offset % 0x6000), item[4..]);
                break;
            case 3:
                kernel.Memory.Bytes[SyntheticKernel.VmCoreInfoOffset + (offset % 4096)] = item[4];
                break;
            default:
                Span<byte> text = kernel.Memory.Bytes.AsSpan(SyntheticKernel.VmCoreInfoOffset + (offset % 4096), 8);
                int digit = text.IndexOfAnyInRange((byte)'0', (byte)'9');
                if (digit >= 0)
                {
                    text[digit] = (byte)('0' + (value % 10));
                }

                break;
        }
    }

    // What is missing at the end is zero.
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> input, int length)
    {
        byte[] taken = new byte[length];
        int there = Math.Min(length, input.Length);
        input[..there].CopyTo(taken);
        input = input[there..];
        return taken;
    }

    private static void Require(bool condition, string promise)
    {
        if (!condition)
        {
            throw new UnreachableException(promise);
        }
    }
}
