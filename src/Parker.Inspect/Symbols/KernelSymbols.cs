using System.Buffers.Binary;
using System.Text;
using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Symbols;

/// <summary>The symbols of a kernel, from the tables that it carries for its own stack traces (kallsyms).</summary>
/// <remarks>
/// <para>Source: <c>scripts/kallsyms.c</c>, <c>kernel/kallsyms.c</c>; VMCOREINFO names the tables since 6.0.</para>
/// <code>
/// kallsyms_names    for each symbol a length (7 bits a byte, the low ones first, at most two bytes), then so many bytes, each the number of a token
/// token_table       256 texts that end with NUL; token_index: where each begins
/// kallsyms_offsets  for each symbol 4 bytes: an offset from kallsyms_relative_base. Where the kernel has per-CPU symbols at absolute addresses (before 6.15),
///                   those are positive offsets as they are, and all others are negative: the address is relative_base - 1 - offset
/// </code>
/// <para>The text of a symbol begins with a letter that tells its kind; the symbol is what follows.</para>
/// </remarks>
public sealed class KernelSymbols
{
    // 6.12 of Debian has 170 thousand with all its data symbols; names of 512 characters at most (KSYM_NAME_LEN).
    private const uint MostSymbols = 4 << 20;
    private const int LongestName = 1024;
    private const int ChunkSize = 1 << 16;
    private const int MostTokenBytes = 1 << 16;

    private readonly KernelMemory _memory;
    private readonly byte[][] _tokens;
    private readonly VirtualAddress _names;
    private readonly VirtualAddress _offsets;
    private readonly ulong _relativeBase;
    private readonly uint _count;
    private readonly Dictionary<string, VirtualAddress?> _found = new(StringComparer.Ordinal);

    private KernelSymbols(KernelMemory memory, byte[][] tokens, VirtualAddress names, VirtualAddress offsets, ulong relativeBase, uint count)
    {
        _memory = memory;
        _tokens = tokens;
        _names = names;
        _offsets = offsets;
        _relativeBase = relativeBase;
        _count = count;
    }

    /// <summary>The number of symbols.</summary>
    public int Count => (int)_count;

    /// <summary>Opens the tables.</summary>
    /// <returns>Null where the kernel does not name them or they cannot be read: <c>INS005</c>.</returns>
    public static KernelSymbols? TryOpen(KernelMemory memory, VmCoreInfo info, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (info.FindSymbol("kallsyms_names") is not VirtualAddress names
            || info.FindSymbol("kallsyms_num_syms") is not VirtualAddress countAt
            || info.FindSymbol("kallsyms_token_table") is not VirtualAddress tokenTable
            || info.FindSymbol("kallsyms_token_index") is not VirtualAddress tokenIndex
            || info.FindSymbol("kallsyms_offsets") is not VirtualAddress offsets
            || info.FindSymbol("kallsyms_relative_base") is not VirtualAddress baseAt)
        {
            diagnostics.Error(
                "INS005",
                $"kernel {info.Release}",
                "It does not say where its symbols lie.",
                "Kernels from 6.0 on with CONFIG_KALLSYMS do; of others, the log can be read and the memory be saved.");
            return null;
        }

        if (memory.ReadUInt32(countAt) is uint and <= MostSymbols and > 0 and uint count
            && memory.ReadUInt64(baseAt) is ulong relativeBase
            && TryReadTokens(memory, tokenTable, tokenIndex) is byte[][] tokens)
        {
            return new KernelSymbols(memory, tokens, names, offsets, relativeBase, count);
        }

        diagnostics.Error("INS005", $"kernel {info.Release}", "The tables of its symbols hold garbage or cannot be read.", "/dev/mem maps the memory (its addresses are in 'parker status') for a closer look.");
        return null;
    }

    /// <summary>Where a symbol lies, the first of that name.</summary>
    /// <returns>Null where there is none.</returns>
    public VirtualAddress? Find(string name)
    {
        if (!_found.ContainsKey(name))
        {
            Find([name]);
        }

        return _found[name];
    }

    /// <summary>Looks for several symbols in one go through the table; <see cref="Find(string)"/> then gives them.</summary>
    public void Find(IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        Dictionary<string, uint> wanted = names.Where(name => !_found.ContainsKey(name)).Distinct().ToDictionary(name => name, _ => uint.MaxValue, StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return;
        }

        Scan(wanted);
        foreach ((string name, uint index) in wanted)
        {
            _found[name] = index == uint.MaxValue ? null : AddressOf(index);
        }
    }

    /// <summary>Goes through all names and writes the number of each wanted one.</summary>
    private void Scan(Dictionary<string, uint> wanted)
    {
        Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> lookup = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
        int left = wanted.Count;
        NameReader reader = new(_memory, _names);
        Span<char> name = stackalloc char[LongestName];
        Span<byte> packed = stackalloc byte[LongestName];
        for (uint index = 0; index < _count && left > 0; index++)
        {
            int length = reader.ReadLength();
            if (length <= 0 || length > packed.Length || !reader.TryRead(packed[..length]))
            {
                return;
            }

            int letters = Unpack(packed[..length], name);

            // The first letter is the kind.
            if (letters > 1 && lookup.TryGetValue(name[1..letters], out uint known) && known == uint.MaxValue)
            {
                lookup[name[1..letters]] = index;
                left--;
            }
        }
    }

    private int Unpack(ReadOnlySpan<byte> packed, Span<char> name)
    {
        int letters = 0;
        foreach (byte token in packed)
        {
            byte[] text = _tokens[token];
            if (letters + text.Length > name.Length)
            {
                return 0;
            }

            letters += Encoding.Latin1.GetChars(text, name[letters..]);
        }

        return letters;
    }

    private VirtualAddress? AddressOf(uint index)
    {
        if (_memory.ReadUInt32(_offsets + (index * 4UL)) is not uint raw)
        {
            return null;
        }

        int offset = unchecked((int)raw);
        return !HasAbsoluteSymbols() ? new VirtualAddress(_relativeBase) + raw
            : offset >= 0 ? new VirtualAddress((ulong)offset)
            : new VirtualAddress(_relativeBase) - 1 - unchecked((ulong)offset);
    }

    // The last symbols of a kernel are never per-CPU ones, and no image is 2 GiB long: a negative offset there means that form.
    private bool HasAbsoluteSymbols() => _memory.ReadUInt32(_offsets + ((_count - 1) * 4UL)) is uint last && unchecked((int)last) < 0;

    private static byte[][]? TryReadTokens(KernelMemory memory, VirtualAddress table, VirtualAddress index)
    {
        byte[] indexBytes = new byte[512];
        if (!memory.TryRead(index, indexBytes))
        {
            return null;
        }

        int length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(indexBytes.AsSpan(510)) + 256, MostTokenBytes);
        byte[] texts = new byte[length];
        if (!memory.TryRead(table, texts))
        {
            return null;
        }

        byte[][] tokens = new byte[256][];
        for (int token = 0; token < tokens.Length; token++)
        {
            int start = BinaryPrimitives.ReadUInt16LittleEndian(indexBytes.AsSpan(token * 2));
            int end = start < length ? texts.AsSpan(start).IndexOf((byte)0) : -1;
            if (end < 0)
            {
                return null;
            }

            tokens[token] = texts[start..(start + end)];
        }

        return tokens;
    }

    /// <summary>Reads the packed names one after another, in chunks.</summary>
    private sealed class NameReader(KernelMemory memory, VirtualAddress names)
    {
        private readonly byte[] _chunk = new byte[ChunkSize];
        private VirtualAddress _next = names;
        private int _at;
        private int _end;

        public int ReadLength()
        {
            Span<byte> one = stackalloc byte[1];
            if (!TryRead(one))
            {
                return -1;
            }

            if ((one[0] & 0x80) == 0)
            {
                return one[0];
            }

            int low = one[0] & 0x7F;
            return TryRead(one) ? low | (one[0] << 7) : -1;
        }

        public bool TryRead(Span<byte> destination)
        {
            while (!destination.IsEmpty)
            {
                if (_at == _end && !TryFill())
                {
                    return false;
                }

                int length = Math.Min(destination.Length, _end - _at);
                _chunk.AsSpan(_at, length).CopyTo(destination);
                destination = destination[length..];
                _at += length;
            }

            return true;
        }

        private bool TryFill()
        {
            // Up to the end of a page: where the tables end is not known, and the next page may not be there.
            foreach (int length in (int[])[ChunkSize, 4096 - (int)(_next.Value & 0xFFF)])
            {
                if (memory.TryRead(_next, _chunk.AsSpan(0, length)))
                {
                    _next += (ulong)length;
                    (_at, _end) = (0, length);
                    return true;
                }
            }

            return false;
        }
    }
}
