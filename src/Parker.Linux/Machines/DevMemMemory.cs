using Microsoft.Win32.SafeHandles;
using Parker.Linux.Interop;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Linux.Machines;

/// <summary>Memory of the pool, mapped from <c>/dev/mem</c> write-back.</summary>
/// <remarks>
/// <c>/dev/mem</c> maps page by page, eagerly (drivers/char/mem.c, <c>mmap_mem</c>), so a large partition is seen through a window that moves; the words of header page
/// and slot have a window of their own, and so have small reads, which jump about: each of theirs is small, and the last few are kept.
/// </remarks>
internal sealed unsafe class DevMemMemory : IMappedMemory
{
    private const string Path = "/dev/mem";

    // Large enough that moving it costs little beside filling it: its page tables take 1/512 of it.
    private static readonly ByteSize WindowSize = ByteSize.FromMebibytes(64);

    // Before it maps, the kernel asks of each page whether it may (CONFIG_STRICT_DEVMEM), which costs more than all that is then read from a page.
    private static readonly ByteSize PeekSize = ByteSize.FromKibibytes(64);

    private const int LargestPeek = 64 << 10;
    private const int MostPeeks = 256;

    private readonly Dictionary<ulong, Window> _peeks = [];
    private readonly Queue<ulong> _peekOrder = [];
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

        bool isPeek = destination.Length <= LargestPeek;
        while (!destination.IsEmpty)
        {
            Span<byte> there = isPeek ? PeekAt(address, destination.Length) : At(address, destination.Length);
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
        PhysicalRange range = CheckMapped(address, content.Length);
        while (address < range.End)
        {
            Span<byte> there = At(address, (int)Math.Min((range.End - address).Bytes, WindowSize.Bytes));
            content.CopyTo(address - range.Start, there);
            address += new ByteSize((ulong)there.Length);
        }
    }

    public void Zero(PhysicalRange range)
    {
        CheckMapped(range.Start, range.Length);
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
        foreach (Window peek in _peeks.Values)
        {
            peek.Mapping.Dispose();
        }

        _file.Dispose();
    }

    private void CheckMapped(PhysicalAddress address, int length) => CheckMapped(address, new ByteSize((ulong)length));

    private PhysicalRange CheckMapped(PhysicalAddress address, ByteSize length)
    {
        PhysicalRange range = new(address, length);
        return Ranges.Contains(range) ? range : throw new ArgumentOutOfRangeException(nameof(address), range, "The range is not mapped.");
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

        return Within(window, address, length);
    }

    /// <summary>The same for small reads.</summary>
    private Span<byte> PeekAt(PhysicalAddress address, int length)
    {
        ulong number = address.Value / PeekSize.Bytes;
        if (!_peeks.TryGetValue(number, out Window? window) || !window.Range.Contains(address))
        {
            if (window is not null)
            {
                // Two ranges within one such piece of memory; rare, so the other one makes place.
                window.Mapping.Dispose();
                _peeks.Remove(number);
            }
            else
            {
                if (_peekOrder.Count >= MostPeeks && _peeks.Remove(_peekOrder.Dequeue(), out Window? oldest))
                {
                    oldest.Mapping.Dispose();
                }

                _peekOrder.Enqueue(number);
            }

            _peeks[number] = window = Open(address, PeekSize);
        }

        return Within(window, address, length);
    }

    // SAFETY: offset and length lie inside the mapping, which lives until the window moves or makes place; callers are done with the span by then. The bytes belong to a
    // partition that does not run (loading, zeroing) or are only read.
    private static Span<byte> Within(Window window, PhysicalAddress address, int length)
    {
        ByteSize offset = address - window.Range.Start;
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
