using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Memory of the pool, mapped from <c>/dev/mem</c> write-back.</summary>
/// <remarks>
/// <c>/dev/mem</c> maps page by page, eagerly (drivers/char/mem.c, <c>mmap_mem</c>), so a large partition is seen through a window that moves; the words of header page
/// and slot have a window of their own.
/// </remarks>
internal sealed unsafe class DevMemMemory : IMappedMemory
{
    private const string Path = "/dev/mem";

    // Large enough that moving it costs little beside filling it: its page tables take 1/512 of it.
    private static readonly ByteSize WindowSize = ByteSize.FromMebibytes(64);

    private readonly SafeFileHandle _file;
    private Window? _bulk;
    private Window? _words;

    public DevMemMemory(PhysicalRangeSet ranges)
    {
        Ranges = ranges;
        _file = KernelFile.Open(Path, FileWriteCalls.O_RDWR, "open physical memory");
    }

    public PhysicalRangeSet Ranges { get; }

    public bool TryRead(PhysicalAddress address, Span<byte> destination)
    {
        if (!Ranges.Contains(new PhysicalRange(address, new ByteSize((ulong)destination.Length))))
        {
            return false;
        }

        while (!destination.IsEmpty)
        {
            Span<byte> there = At(address, destination.Length);
            there.CopyTo(destination);
            destination = destination[there.Length..];
            address += new ByteSize((ulong)there.Length);
        }

        return true;
    }

    public void Write(PhysicalAddress address, ReadOnlySpan<byte> source)
    {
        CheckMapped(address, source.Length);
        while (!source.IsEmpty)
        {
            Span<byte> there = At(address, source.Length);
            source[..there.Length].CopyTo(there);
            source = source[there.Length..];
            address += new ByteSize((ulong)there.Length);
        }
    }

    public void Write(PhysicalAddress address, SegmentContent content)
    {
        PhysicalRange range = new(address, content.Length);
        if (!Ranges.Contains(range))
        {
            throw new ArgumentOutOfRangeException(nameof(address), range, "The range is not mapped.");
        }

        while (address < range.End)
        {
            Span<byte> there = At(address, (int)Math.Min((range.End - address).Bytes, WindowSize.Bytes));
            content.CopyTo(address - range.Start, there);
            address += new ByteSize((ulong)there.Length);
        }
    }

    public void Zero(PhysicalRange range)
    {
        if (!Ranges.Contains(range))
        {
            throw new ArgumentOutOfRangeException(nameof(range), range, "The range is not mapped.");
        }

        PhysicalAddress address = range.Start;
        while (address < range.End)
        {
            Span<byte> there = At(address, (int)Math.Min((range.End - address).Bytes, WindowSize.Bytes));
            there.Clear();
            address += new ByteSize((ulong)there.Length);
        }
    }

    public bool Matches(PhysicalAddress address, ReadOnlySpan<byte> expected)
    {
        CheckMapped(address, expected.Length);
        while (!expected.IsEmpty)
        {
            Span<byte> there = At(address, expected.Length);
            if (!there.SequenceEqual(expected[..there.Length]))
            {
                return false;
            }

            expected = expected[there.Length..];
            address += new ByteSize((ulong)there.Length);
        }

        return true;
    }

    // SAFETY (the three below): WordAt gives an aligned address inside a mapping that lives until this object moves its window or is disposed of.
    public uint ReadUInt32(PhysicalAddress address) => Volatile.Read(ref *(uint*)WordAt(address, 4));

    public ulong ReadUInt64(PhysicalAddress address) => Volatile.Read(ref *(ulong*)WordAt(address, 8));

    public void WriteUInt32(PhysicalAddress address, uint value)
    {
        Volatile.Write(ref *(uint*)WordAt(address, 4), value);
        Interlocked.MemoryBarrier();
    }

    public void Dispose()
    {
        _bulk?.Mapping.Dispose();
        _words?.Mapping.Dispose();
        _file.Dispose();
    }

    private void CheckMapped(PhysicalAddress address, int length)
    {
        PhysicalRange range = new(address, new ByteSize((ulong)length));
        if (!Ranges.Contains(range))
        {
            throw new ArgumentOutOfRangeException(nameof(address), range, "The range is not mapped.");
        }
    }

    /// <summary>Up to <paramref name="length"/> bytes at an address of <see cref="Ranges"/>; fewer where the window ends.</summary>
    private Span<byte> At(PhysicalAddress address, int length)
    {
        if (_bulk is not Window window || !window.Range.Contains(address))
        {
            _bulk?.Mapping.Dispose();
            _bulk = null;
            _bulk = window = Open(address, WindowSize);
        }

        ByteSize offset = address - window.Range.Start;

        // SAFETY: offset and length lie inside the mapping, which lives until the window moves; callers are done with the span by then. The bytes belong to a partition
        // that does not run (loading, zeroing) or are only read.
        return new Span<byte>((byte*)window.Mapping.DangerousGetHandle() + offset.Bytes, (int)Math.Min((ulong)length, (window.Range.Length - offset).Bytes));
    }

    private nint WordAt(PhysicalAddress address, int length)
    {
        CheckMapped(address, length);
        if (!address.IsAligned(new ByteSize((ulong)length)))
        {
            throw new ArgumentOutOfRangeException(nameof(address), address, $"A word of {length} bytes is aligned.");
        }

        if (_words is not Window window || !window.Range.Contains(address))
        {
            _words?.Mapping.Dispose();
            _words = null;
            _words = window = Open(address, ByteSize.Page);
        }

        return window.Mapping.DangerousGetHandle() + (nint)(address - window.Range.Start).Bytes;
    }

    private Window Open(PhysicalAddress address, ByteSize size)
    {
        PhysicalRange wanted = new(address.AlignDown(size), size);
        PhysicalRange range = Ranges.Intersect(wanted).First(part => part.Contains(address));
        try
        {
            return new Window(
                range,
                MappedMemory.OfFile(_file, Path, (nuint)range.Length.Bytes, MemoryCalls.PROT_READ | MemoryCalls.PROT_WRITE, (long)range.Start.Value));
        }
        catch (KernelException failure)
        {
            throw new MachineException(
                "map physical memory",
                $"{Path} at {range}",
                $"{failure.Message.TrimEnd('.')}; the kernel allows it for memory that it does not use itself and without lockdown",
                failure.Errno,
                failure);
        }
    }

    private sealed record Window(PhysicalRange Range, MappedMemory Mapping);
}
