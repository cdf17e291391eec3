using System.Buffers.Binary;
using System.Text;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Cores;

/// <summary>The memory that an ELF core holds.</summary>
/// <remarks>Reads what <see cref="CoreWriter"/> writes, and other cores of x86-64 machines that tell physical addresses. Not for several threads at once.</remarks>
public sealed class CoreMemory : IPhysicalMemory
{
    private const int MostNoteBytes = 16 << 20;

    private readonly Stream _stream;
    private readonly List<Segment> _segments;

    private CoreMemory(Stream stream, List<Segment> segments, IReadOnlyList<CoreNote> notes)
    {
        _stream = stream;
        _segments = segments;
        Notes = notes;
        Ranges = PhysicalRangeSet.Of(segments.Select(segment => segment.Range));
    }

    /// <inheritdoc/>
    public PhysicalRangeSet Ranges { get; }

    /// <summary>Its notes.</summary>
    public IReadOnlyList<CoreNote> Notes { get; }

    /// <summary>Opens a core.</summary>
    /// <param name="stream">Its bytes; can be sought in, and stays with the caller.</param>
    /// <param name="place">For the diagnostic.</param>
    /// <param name="diagnostics">Takes <c>INS011</c>.</param>
    /// <returns>Null where it is none, or damaged.</returns>
    public static CoreMemory? TryOpen(Stream stream, string place, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(diagnostics);
        string? wrong = TryRead(stream, out List<Segment> segments, out List<CoreNote> notes);
        if (wrong is null)
        {
            return new CoreMemory(stream, segments, notes);
        }

        diagnostics.Error("INS011", place, wrong, "'parker dump NAME FILE' writes an ELF core of a partition; one in zstd is unpacked with 'zstd -d'.");
        return null;
    }

    /// <inheritdoc/>
    public bool TryRead(PhysicalAddress address, Span<byte> destination)
    {
        if (!Ranges.Contains(new PhysicalRange(address, new ByteSize((ulong)destination.Length))))
        {
            return false;
        }

        while (!destination.IsEmpty)
        {
            Segment segment = Find(address);
            int length = (int)Math.Min((segment.Range.End - address).Bytes, (ulong)destination.Length);
            _stream.Position = segment.Offset + (long)(address - segment.Range.Start).Bytes;
            if (_stream.ReadAtLeast(destination[..length], length, throwOnEndOfStream: false) < length)
            {
                return false;
            }

            destination = destination[length..];
            address += new ByteSize((ulong)length);
        }

        return true;
    }

    // Segments are in order and do not overlap.
    private Segment Find(PhysicalAddress address)
    {
        int low = 0;
        int high = _segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].Range.Start <= address ? (middle, high) : (low, middle - 1);
        }

        return _segments[low];
    }

    private static string? TryRead(Stream stream, out List<Segment> segments, out List<CoreNote> notes)
    {
        (segments, notes) = ([], []);
        byte[] header = new byte[ElfFormat.HeaderSize];
        if (!TryReadAt(stream, 0, header) || BinaryPrimitives.ReadUInt64LittleEndian(header) << 8 >> 8 != ElfFormat.Identity << 8 >> 8)
        {
            return "It is no ELF file of 64 bits.";
        }

        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x38));
        if (BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x10)) != ElfFormat.Core
            || BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x12)) != ElfFormat.X8664
            || BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(0x36)) != ElfFormat.ProgramHeaderSize
            || count == ushort.MaxValue)
        {
            return "It is no core of an x86-64 machine.";
        }

        byte[] headers = new byte[count * ElfFormat.ProgramHeaderSize];
        if (!TryReadAt(stream, BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(0x20)), headers))
        {
            return "It ends before its program headers do.";
        }

        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> one = headers.AsSpan(i * ElfFormat.ProgramHeaderSize, ElfFormat.ProgramHeaderSize);
            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(one[0x08..]);
            ulong start = BinaryPrimitives.ReadUInt64LittleEndian(one[0x18..]);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(one[0x20..]);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(one))
            {
                case ElfFormat.Load when length > 0:
                    if (!FitsFile(offset, length) || start >= 1UL << 52 || length > (1UL << 52) - start)
                    {
                        return "A segment lies beyond the end of the file, or at an address that no machine has.";
                    }

                    segments.Add(new Segment(new PhysicalRange(new PhysicalAddress(start), new ByteSize(length)), (long)offset));
                    break;
                case ElfFormat.Note when length > 0:
                    if (!FitsFile(offset, length) || length > MostNoteBytes)
                    {
                        return "Its notes lie beyond the end of the file, or are too long to be some.";
                    }

                    ReadNotes(stream, offset, (int)length, notes);
                    break;
            }
        }

        return Arrange(segments);

        bool FitsFile(ulong offset, ulong length) => offset <= (ulong)stream.Length && length <= (ulong)stream.Length - offset;
    }

    /// <summary>Puts segments in order; those that lie within another, as a kernel's image does, are left out.</summary>
    private static string? Arrange(List<Segment> segments)
    {
        segments.Sort((one, other) => one.Range.Start != other.Range.Start ? one.Range.Start.CompareTo(other.Range.Start) : other.Range.Length.CompareTo(one.Range.Length));
        int kept = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            if (kept > 0 && segments[kept - 1].Range.Contains(segments[i].Range))
            {
                continue;
            }

            if (kept > 0 && segments[kept - 1].Range.Overlaps(segments[i].Range))
            {
                return "Two segments hold the same memory.";
            }

            segments[kept++] = segments[i];
        }

        segments.RemoveRange(kept, segments.Count - kept);
        return kept == 0 ? "It holds no memory." : null;
    }

    private static void ReadNotes(Stream stream, ulong offset, int length, List<CoreNote> notes)
    {
        byte[] all = new byte[length];
        if (!TryReadAt(stream, offset, all))
        {
            return;
        }

        ReadOnlySpan<byte> rest = all;
        while (rest.Length >= ElfFormat.NoteHeaderSize)
        {
            uint nameLength = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            uint contentLength = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (nameLength > rest.Length || contentLength > rest.Length)
            {
                return;
            }

            int contentAt = ElfFormat.NoteHeaderSize + ElfFormat.Padded((int)nameLength);
            if (contentAt + contentLength > rest.Length)
            {
                return;
            }

            string name = Encoding.ASCII.GetString(rest.Slice(ElfFormat.NoteHeaderSize, (int)nameLength)).TrimEnd('\0');
            notes.Add(new CoreNote(name, BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]), rest.Slice(contentAt, (int)contentLength).ToArray()));
            rest = rest[Math.Min(rest.Length, contentAt + ElfFormat.Padded((int)contentLength))..];
        }
    }

    private static bool TryReadAt(Stream stream, ulong offset, Span<byte> bytes)
    {
        if (offset > (ulong)stream.Length)
        {
            return false;
        }

        stream.Position = (long)offset;
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
    }

    private readonly record struct Segment(PhysicalRange Range, long Offset);
}
