using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Runtime.Tests;

/// <summary>Images of a few bytes, whose stubs the fake machine knows by their first word.</summary>
public sealed class FakeImages : IImageSource
{
    public const uint StartStubCode = 0xCAFE0001;
    public const uint ParkStubCode = 0xCAFE0002;

    public Diagnostic? Refusal { get; set; }

    public OpenImage? TryOpen(PartitionPlan plan, Guid bootId, long journalPosition, DiagnosticBag diagnostics)
    {
        if (Refusal is not null)
        {
            diagnostics.Add(Refusal);
            return null;
        }

        MemoryImage image = new()
        {
            Segments =
            [
                new MemorySegment(plan.LowSlot, new ByteContent(Word(StartStubCode)), "start stub", SegmentOwner.Parker),
                new MemorySegment(plan.LowSlot + LowSlotLayout.ParkStub, new ByteContent(Word(ParkStubCode)), "park stub", SegmentOwner.Parker),
                new MemorySegment(plan.PrimaryRange.Start, new ByteContent(Header(plan, bootId, journalPosition)), "header page", SegmentOwner.Parker),
                new MemorySegment(plan.PrimaryRange.Start + PartitionLayout.KernelOffset, new ByteContent(new byte[] { 1, 2, 3 }), "kernel", SegmentOwner.ApplicationKernel),
            ],
            StartVector = (byte)(plan.LowSlot.Value >> 12),
            ParkVector = (byte)((plan.LowSlot + LowSlotLayout.ParkStub).Value >> 12),
            Entry = plan.PrimaryRange.Start + PartitionLayout.KernelOffset,
            HeaderPage = plan.PrimaryRange.Start,
        };
        return new OpenImage(image, new ImageIdentity("6.12.95-amd64", plan.CommandLine, new string('1', 32), new string('2', 32), new string('3', 32)));
    }

    public void CheckKernel(string path, DiagnosticBag diagnostics)
    {
        if (Refusal is not null)
        {
            diagnostics.Add(Refusal);
        }
    }

    public ReadOnlyMemory<byte> ParkStub(PhysicalAddress lowSlot) => Word(ParkStubCode);

    private static byte[] Header(PartitionPlan plan, Guid bootId, long journalPosition)
    {
        byte[] page = new byte[4096];
        "PARKERHP"u8.CopyTo(page);
        page[8] = 1;
        bootId.ToByteArray(bigEndian: true).CopyTo(page, 0x10);
        Encoding.ASCII.GetBytes(plan.Name.ToString()).CopyTo(page, 0x20);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(0x40), journalPosition);
        page.AsSpan(0x50, 16).Fill(0x11);
        page.AsSpan(0x60, 16).Fill(0x22);
        page.AsSpan(0x70, 16).Fill(0x33);
        CpuWords.WriteInitial(page, plan);
        MemoryWords.WriteInitial(page, plan);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(0x0C), Crc32.HashToUInt32(page.AsSpan(0, 0x100)));
        return page;
    }

    private static byte[] Word(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
