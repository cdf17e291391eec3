using System.Buffers.Binary;
using System.Text;
using Parker.Inspect.Addressing;
using Parker.Machine;

namespace Parker.Inspect.Cores;

/// <summary>Writes memory as an ELF core: what crash, drgn and <see cref="CoreMemory"/> read.</summary>
/// <remarks>
/// <code>
/// ELF header | program headers: the notes, each range, the kernel's image | notes | up to a page's end | the ranges, one after another
/// </code>
/// <para>Physical addresses of the ranges are host-physical, which are what the Application Kernel uses itself. The image lies in one of the ranges and
/// is there once; a segment of its own gives its virtual addresses, as /proc/vmcore has it. The memory may change while it is written.</para>
/// </remarks>
public static class CoreWriter
{
    // Stays in a CPU's cache from where it is read to where it is written.
    private const int ChunkSize = 256 << 10;
    private const int PageSize = 4096;
    private const uint Everything = 7;

    /// <summary>Writes the core.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="notes">The notes, and the kernel's addresses.</param>
    /// <param name="target">Takes the bytes.</param>
    /// <param name="keepsGoing">Is called after each read of at most 256 KiB and before that is written; throws to end it.</param>
    /// <returns>The length of the core in bytes.</returns>
    /// <exception cref="IOException">A range cannot be read.</exception>
    public static ulong Write(IPhysicalMemory memory, CoreNotes notes, ICoreTarget target, Action keepsGoing)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(keepsGoing);
        byte[] head = Head(memory.Ranges, notes);
        target.Write(head);
        ulong length = (ulong)head.Length;
        byte[] chunk = new byte[ChunkSize];
        foreach (PhysicalRange range in memory.Ranges)
        {
            for (PhysicalAddress at = range.Start; at < range.End;)
            {
                Span<byte> bytes = chunk.AsSpan(0, (int)Math.Min((range.End - at).Bytes, ChunkSize));
                if (!memory.TryRead(at, bytes))
                {
                    throw new IOException($"The memory from {at} on cannot be read.");
                }

                keepsGoing();
                WriteRuns(bytes, target);
                at += new ByteSize((ulong)bytes.Length);
            }

            length += range.Length.Bytes;
        }

        return length;
    }

    private static void WriteRuns(ReadOnlySpan<byte> bytes, ICoreTarget target)
    {
        int start = 0;
        bool zero = IsZero(bytes, 0);
        for (int page = PageSize; page < bytes.Length; page += PageSize)
        {
            if (IsZero(bytes, page) != zero)
            {
                Flush(bytes[start..page]);
                (start, zero) = (page, !zero);
            }
        }

        Flush(bytes[start..]);

        void Flush(ReadOnlySpan<byte> run)
        {
            if (zero)
            {
                target.Skip((ulong)run.Length);
            }
            else
            {
                target.Write(run);
            }
        }

        static bool IsZero(ReadOnlySpan<byte> bytes, int page) => !bytes.Slice(page, Math.Min(PageSize, bytes.Length - page)).ContainsAnyExcept((byte)0);
    }

    private static byte[] Head(PhysicalRangeSet ranges, CoreNotes notes)
    {
        MappedPage? image = notes.Image is MappedPage known && ranges.Contains(known.Range) ? known : null;
        int count = ranges.Count + (image is null ? 1 : 2);
        int notesAt = ElfFormat.HeaderSize + (ElfFormat.ProgramHeaderSize * count);
        int notesSize = notes.Notes.Sum(SizeOf);
        byte[] head = new byte[(notesAt + notesSize + PageSize - 1) & ~(PageSize - 1)];
        BinaryPrimitives.WriteUInt64LittleEndian(head, ElfFormat.Identity);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(0x10), ElfFormat.Core);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(0x12), ElfFormat.X8664);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(0x14), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(head.AsSpan(0x20), ElfFormat.HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(0x34), ElfFormat.HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(0x36), ElfFormat.ProgramHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(0x38), checked((ushort)count));

        Span<byte> header = head.AsSpan(ElfFormat.HeaderSize);
        WriteProgramHeader(header, ElfFormat.Note, 0, (ulong)notesAt, 0, 0, (ulong)notesSize, 4);
        ulong offset = (ulong)head.Length;
        foreach (PhysicalRange range in ranges)
        {
            header = header[ElfFormat.ProgramHeaderSize..];
            ulong virtualAddress = notes.LinearMap is ulong start ? unchecked(start + range.Start.Value) : 0;
            WriteProgramHeader(header, ElfFormat.Load, Everything, offset, virtualAddress, range.Start.Value, range.Length.Bytes, PageSize);
            if (image is MappedPage part && range.Contains(part.Range))
            {
                // After those of the ranges.
                WriteProgramHeader(
                    head.AsSpan(notesAt - ElfFormat.ProgramHeaderSize), ElfFormat.Load, Everything, offset + (part.Range.Start - range.Start).Bytes, part.Start.Value, part.Range.Start.Value, part.Range.Length.Bytes, PageSize);
            }

            offset += range.Length.Bytes;
        }

        Span<byte> rest = head.AsSpan(notesAt);
        foreach (CoreNote note in notes.Notes)
        {
            WriteNote(rest, note);
            rest = rest[SizeOf(note)..];
        }

        return head;
    }

    private static void WriteProgramHeader(Span<byte> header, uint type, uint flags, ulong offset, ulong virtualAddress, ulong physicalAddress, ulong size, ulong alignment)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt32LittleEndian(header[0x04..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x08..], offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x10..], virtualAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x18..], physicalAddress);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x20..], size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x28..], size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[0x30..], alignment);
    }

    private static void WriteNote(Span<byte> bytes, CoreNote note)
    {
        int nameLength = Encoding.ASCII.GetBytes(note.Name, bytes[ElfFormat.NoteHeaderSize..]) + 1;
        BinaryPrimitives.WriteInt32LittleEndian(bytes, nameLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], note.Content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], note.Type);
        note.Content.Span.CopyTo(bytes[(ElfFormat.NoteHeaderSize + ElfFormat.Padded(nameLength))..]);
    }

    private static int SizeOf(CoreNote note) => ElfFormat.NoteHeaderSize + ElfFormat.Padded(note.Name.Length + 1) + ElfFormat.Padded(note.Content.Length);
}
