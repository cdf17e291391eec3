using System.Buffers.Binary;
using System.Text;
using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Logs;

/// <summary>The kernel log of a kernel from 5.10 on, read while that kernel writes it.</summary>
/// <remarks>
/// <para>Source: <c>kernel/printk/printk_ringbuffer.c</c>. A ring of descriptors, one of infos beside it, and a ring of text:</para>
/// <code>
/// descriptor   state_var: 2 bits of state (1 committed, 2 finalized, 3 reusable), 62 bits of the id that it belongs to
///              text_blk_lpos: begin and next, positions that only count up; modulo the text ring's size they are offsets
/// text block   8 bytes of id, then text; one that does not fit before the end of the ring starts at 0 instead
/// </code>
/// <para>
/// A record is copied only if its descriptor belongs to its id before and after the copy. The kernel makes a descriptor reusable before it writes over the text or info that
/// belongs to it, so a copy between two equal looks is whole: x86 loads are not reordered with each other.
/// </para>
/// </remarks>
public sealed class PrintkRing
{
    private const ulong IdMask = (1UL << 62) - 1;
    private const int StateShift = 62;
    private const ulong Committed = 1;
    private const ulong Finalized = 2;
    private const int BlockHeader = 8;

    // log_buf_len= takes at most 2 GiB; a descriptor stands for 32 bytes of text (PRB_AVGBITS), so this is a log of 512 MiB.
    private const uint MostCountBits = 24;
    private const uint MostSizeBits = 29;
    private const int Batch = 512;

    private readonly KernelMemory _memory;
    private readonly PrintkRingLayout _layout;
    private readonly VirtualAddress _ring;
    private readonly ulong _count;
    private readonly ulong _size;
    private readonly VirtualAddress _descriptors;
    private readonly VirtualAddress _infos;
    private readonly VirtualAddress _data;

    private PrintkRing(KernelMemory memory, PrintkRingLayout layout, VirtualAddress ring, byte[] header)
    {
        _memory = memory;
        _layout = layout;
        _ring = ring;
        _count = 1UL << (int)BitConverter.ToUInt32(header, layout.CountBits);
        _size = 1UL << (int)BitConverter.ToUInt32(header, layout.SizeBits);
        _descriptors = new VirtualAddress(BitConverter.ToUInt64(header, layout.Descriptors));
        _infos = new VirtualAddress(BitConverter.ToUInt64(header, layout.Infos));
        _data = new VirtualAddress(BitConverter.ToUInt64(header, layout.Data));
    }

    /// <summary>Opens the ring that the kernel writes to now.</summary>
    /// <returns>Null where it cannot be found, with the reason: <c>INS002</c> to <c>INS004</c>.</returns>
    public static PrintkRing? TryOpen(KernelMemory memory, VmCoreInfo info, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (PrintkRingLayout.TryCreate(info, diagnostics) is not PrintkRingLayout layout)
        {
            return null;
        }

        string place = $"kernel {info.Release}";
        if (info.FindSymbol("prb") is not VirtualAddress symbol)
        {
            diagnostics.Error("INS002", place, "Its VMCOREINFO does not name the log (SYMBOL(prb)).", "Kernels from 5.10 on do; /dev/mem maps the memory (its addresses are in 'parker status') of older ones.");
            return null;
        }

        byte[] header = new byte[layout.RingSize];
        if (memory.ReadPointer(symbol) is not VirtualAddress ring || !memory.TryRead(ring, header))
        {
            diagnostics.Error("INS003", place, $"The log's ring, which {symbol} points to, cannot be read: the pointer or the page tables hold garbage.", "/dev/mem maps the memory (its addresses are in 'parker status') for a closer look.");
            return null;
        }

        uint countBits = BitConverter.ToUInt32(header, layout.CountBits);
        uint sizeBits = BitConverter.ToUInt32(header, layout.SizeBits);
        if (countBits is 0 or > MostCountBits || sizeBits is < 4 or > MostSizeBits)
        {
            diagnostics.Error("INS004", place, $"The log's ring at {ring} claims 2^{countBits} records and 2^{sizeBits} bytes of text, which no kernel has.", "/dev/mem maps the memory (its addresses are in 'parker status') for a closer look.");
            return null;
        }

        return new PrintkRing(memory, layout, ring, header);
    }

    /// <summary>Reads the records from a position on, up to the newest that is whole.</summary>
    /// <param name="from">Where an earlier reading ended; <c>default</c> for the oldest record that there is.</param>
    /// <param name="includeOpen">
    /// Whether to take records whose writer may still add to them, too: the last words of a kernel that died. Who goes on reading leaves them for the next time.
    /// </param>
    public LogReading Read(LogPosition from, bool includeOpen)
    {
        if (_memory.ReadUInt64(_ring + (ulong)_layout.TailId) is not ulong tail || _memory.ReadUInt64(_ring + (ulong)_layout.HeadId) is not ulong head)
        {
            return new LogReading([], from, 0);
        }

        ulong first = tail & IdMask;
        ulong length = unchecked(head - tail + 1) & IdMask;
        if (length > _count)
        {
            // A tail that moved between the two reads is at most one turn ahead; anything else is garbage, of which the newest turn is looked at.
            first = unchecked(head - _count + 1) & IdMask;
            length = _count;
        }

        ulong lost = 0;
        if (from.Ring == _ring.Value)
        {
            ulong done = unchecked(from.NextId - first) & IdMask;
            if (done <= length)
            {
                first = from.NextId;
                length -= done;
            }
            else
            {
                ulong overwritten = unchecked(first - from.NextId) & IdMask;
                lost = overwritten <= uint.MaxValue ? overwritten : 0;
            }
        }

        Collection collected = new(includeOpen, from.NextSequence, from.Ring != _ring.Value) { Lost = lost, NextId = first };
        byte[] before = new byte[Batch * _layout.DescriptorSize];
        byte[] after = new byte[Batch * _layout.DescriptorSize];
        byte[] infos = new byte[Batch * _layout.InfoSize];
        while (length > 0 && !collected.IsEnded)
        {
            // Up to the end of the arrays, which are rings.
            ulong index = first & (_count - 1);
            int batch = (int)Math.Min(Math.Min(length, Batch), _count - index);
            ReadBatch(collected, first, index, before.AsSpan(0, batch * _layout.DescriptorSize), infos.AsSpan(0, batch * _layout.InfoSize), after.AsSpan(0, batch * _layout.DescriptorSize));
            first = (first + (ulong)batch) & IdMask;
            length -= (ulong)batch;
        }

        return new LogReading(collected.Records, new LogPosition(_ring.Value, collected.NextId, collected.NextSequence), collected.Lost);
    }

    private void ReadBatch(Collection collected, ulong first, ulong index, Span<byte> before, Span<byte> infos, Span<byte> after)
    {
        int batch = before.Length / _layout.DescriptorSize;
        VirtualAddress descriptors = _descriptors + (index * (ulong)_layout.DescriptorSize);
        if (!_memory.TryRead(descriptors, before) || !_memory.TryRead(_infos + (index * (ulong)_layout.InfoSize), infos))
        {
            collected.Pass(first, batch);
            return;
        }

        string?[] texts = new string?[batch];
        for (int item = 0; item < batch; item++)
        {
            ReadOnlySpan<byte> descriptor = before.Slice(item * _layout.DescriptorSize, _layout.DescriptorSize);
            if (IsOf(descriptor, (first + (ulong)item) & IdMask, out _))
            {
                texts[item] = ReadText(descriptor, (first + (ulong)item) & IdMask, infos.Slice(item * _layout.InfoSize, _layout.InfoSize));
            }
        }

        if (!_memory.TryRead(descriptors, after))
        {
            collected.Pass(first, batch);
            return;
        }

        for (int item = 0; item < batch && !collected.IsEnded; item++)
        {
            ulong id = (first + (ulong)item) & IdMask;
            ReadOnlySpan<byte> descriptor = before.Slice(item * _layout.DescriptorSize, _layout.DescriptorSize);
            bool whole = IsOf(descriptor, id, out bool open)
                && descriptor.SequenceEqual(after.Slice(item * _layout.DescriptorSize, _layout.DescriptorSize))
                && texts[item] is not null;
            if (whole)
            {
                collected.Add(id, ToRecord(infos.Slice(item * _layout.InfoSize, _layout.InfoSize), texts[item]!, open));
            }
            else if (IsUnfinished(after.Slice(item * _layout.DescriptorSize, _layout.DescriptorSize), id))
            {
                collected.Wait(id);
            }
            else
            {
                collected.Pass(id, 1);
            }
        }
    }

    private ulong StateOf(ReadOnlySpan<byte> descriptor) => BinaryPrimitives.ReadUInt64LittleEndian(descriptor[_layout.StateVariable..]);

    private bool IsOf(ReadOnlySpan<byte> descriptor, ulong id, out bool open)
    {
        ulong state = StateOf(descriptor);
        open = state >> StateShift == Committed;
        return (state & IdMask) == id && state >> StateShift is Committed or Finalized;
    }

    // Reserved: being written now; or, at the newest id, about to be taken.
    private bool IsUnfinished(ReadOnlySpan<byte> descriptor, ulong id)
    {
        ulong state = StateOf(descriptor);
        return (state & IdMask) == id && state >> StateShift is 0 or Committed;
    }

    /// <summary>The text of a record; empty where it has none, null where its block is garbage.</summary>
    private string? ReadText(ReadOnlySpan<byte> descriptor, ulong id, ReadOnlySpan<byte> info)
    {
        ulong begin = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[_layout.Begin..]);
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[_layout.Next..]);
        if (begin == next || (begin & next & 1) != 0)
        {
            return "";
        }

        (ulong offset, ulong length) = (begin & (_size - 1), unchecked(next - begin));
        bool isNextTurn = unchecked(begin + _size) / _size == next / _size;
        if (isNextTurn && (next & (_size - 1)) != 0)
        {
            (offset, length) = (0, next & (_size - 1));
        }

        if ((!isNextTurn && begin / _size != next / _size) || length < BlockHeader || length > _size - offset)
        {
            return null;
        }

        int textLength = (int)Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(info[_layout.TextLength..]), length - BlockHeader);
        Span<byte> block = stackalloc byte[1024];
        block = BlockHeader + textLength <= block.Length ? block[..(BlockHeader + textLength)] : new byte[BlockHeader + textLength];
        return _memory.TryRead(_data + offset, block) && BinaryPrimitives.ReadUInt64LittleEndian(block) == id ? Encoding.UTF8.GetString(block[BlockHeader..]) : null;
    }

    private LogRecord ToRecord(ReadOnlySpan<byte> info, string text, bool open)
    {
        ReadOnlySpan<byte> length = info[_layout.TextLength..];
        return new LogRecord
        {
            Sequence = BinaryPrimitives.ReadUInt64LittleEndian(info[_layout.Sequence..]),
            TimeNanoseconds = BinaryPrimitives.ReadUInt64LittleEndian(info[_layout.Time..]),
            Level = (LogLevel)(length[3] >> 5),
            Facility = length[2],
            Caller = _layout.Caller is int caller ? BinaryPrimitives.ReadUInt32LittleEndian(info[caller..]) : null,
            Text = text,
            Subsystem = TextOf(info, _layout.Subsystem, _layout.SubsystemLength),
            Device = TextOf(info, _layout.Device, _layout.DeviceLength),
            IsOpen = open,
        };
    }

    private static string TextOf(ReadOnlySpan<byte> info, int? offset, int length)
    {
        if (offset is not int start)
        {
            return "";
        }

        ReadOnlySpan<byte> bytes = info.Slice(start, length);
        int end = bytes.IndexOf((byte)0);
        return end == 0 ? "" : Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>What was read so far.</summary>
    /// <param name="includeOpen">Whether records that may still grow are taken.</param>
    /// <param name="nextSequence">The number of the record that comes next.</param>
    /// <param name="skipKnown">Whether the ring begins with records that were read from the one before it.</param>
    private sealed class Collection(bool includeOpen, ulong nextSequence, bool skipKnown)
    {
        private ulong? _last;

        public List<LogRecord> Records { get; } = [];

        public ulong NextId { get; set; }

        public ulong NextSequence => _last is ulong last ? unchecked(last + 1) : nextSequence;

        public ulong Lost { get; set; }

        public bool IsEnded { get; private set; }

        public void Add(ulong id, LogRecord record)
        {
            if (record.IsOpen && !includeOpen)
            {
                IsEnded = true;
                return;
            }

            NextId = (id + 1) & IdMask;
            if (!skipKnown || record.Sequence >= nextSequence)
            {
                Records.Add(record);
                _last = record.Sequence;
            }
        }

        public void Pass(ulong id, int count)
        {
            NextId = (id + (ulong)count) & IdMask;

            // Before the first record there is nothing that could be missed: the ring begins with a descriptor that never was one.
            if (Records.Count > 0 || nextSequence > 0)
            {
                Lost += (ulong)count;
            }
        }

        public void Wait(ulong id)
        {
            // Who goes on reading comes back to it; who does not takes what is behind it, too.
            IsEnded = !includeOpen;
            NextId = includeOpen ? (id + 1) & IdMask : NextId;
        }
    }
}
