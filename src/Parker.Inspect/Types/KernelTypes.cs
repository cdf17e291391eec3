using System.Buffers.Binary;
using System.Text;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Types;

/// <summary>The types of a kernel, from the BTF that it carries where CONFIG_DEBUG_INFO_BTF is set.</summary>
/// <remarks>
/// <para>Source: Documentation/bpf/btf.rst, <c>include/uapi/linux/btf.h</c>.</para>
/// <code>
/// header   0xeB9F, version 1, flags, length of the header; offsets from its end and lengths of types and strings
/// types    each: name offset, info (vlen 16 bits, kind 5 bits at 24, kind_flag bit 31), size or type; then what its kind has
/// </code>
/// <para>Types are numbered from 1. Structures are looked up by name, and fields within unnamed structures and unions as if they were the outer one's.</para>
/// </remarks>
public sealed class KernelTypes
{
    private const int HeaderSize = 24;
    private const int TypeSize = 12;
    private const int MostTypes = 1 << 21;

    // Unnamed structures within each other; typedefs and qualifiers of a type.
    private const int DeepestNesting = 16;

    private readonly byte[] _bytes;
    private readonly int[] _types;
    private readonly int _strings;
    private readonly int _stringsEnd;
    private readonly Dictionary<string, int> _structures;
    private readonly Dictionary<string, long> _enumerators = new(StringComparer.Ordinal);

    private KernelTypes(byte[] bytes, int[] types, int strings, int stringsEnd)
    {
        _bytes = bytes;
        _types = types;
        _strings = strings;
        _stringsEnd = stringsEnd;
        _structures = new Dictionary<string, int>(StringComparer.Ordinal);
    }

    /// <summary>Reads BTF.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="place">For the diagnostic.</param>
    /// <param name="diagnostics">Takes <c>INS006</c>.</param>
    /// <returns>Null where it is damaged.</returns>
    public static KernelTypes? TryRead(byte[] bytes, string place, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (TryIndex(bytes) is KernelTypes types)
        {
            return types;
        }

        diagnostics.Error("INS006", place, "The kernel's description of its types (BTF) is damaged.", "/dev/mem maps the memory (its addresses are in 'parker status') for a closer look.");
        return null;
    }

    /// <summary>The size of a structure; null where there is none of that name.</summary>
    public int? SizeOf(string structure) => _structures.TryGetValue(structure, out int id) ? unchecked((int)ReadWord(_types[id] + 8)) : null;

    /// <summary>Where a field lies.</summary>
    /// <param name="structure">The structure's name.</param>
    /// <param name="path">The field, or fields of structures within it joined by dots: <c>se.sum_exec_runtime</c>.</param>
    /// <returns>Null where there is none, or it is a bit field.</returns>
    public StructureField? Find(string structure, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!_structures.TryGetValue(structure, out int id))
        {
            return null;
        }

        int offset = 0;
        StructureField? field = null;
        foreach (string name in path.Split('.'))
        {
            if (FindMember(id, name, 0) is not (int bits, int type) || (bits & 7) != 0)
            {
                return null;
            }

            offset += bits / 8;
            field = new StructureField(offset, SizeOfType(type));
            id = Resolve(type);
        }

        return field;
    }

    /// <summary>The value of an enumerator, such as <c>NR_FREE_PAGES</c>; null where there is none.</summary>
    public long? FindEnumerator(string name) => _enumerators.TryGetValue(name, out long value) ? value : null;

    private static KernelTypes? TryIndex(byte[] bytes)
    {
        if (bytes.Length < HeaderSize || BinaryPrimitives.ReadUInt16LittleEndian(bytes) != 0xEB9F || bytes[2] != 1)
        {
            return null;
        }

        long header = Word(bytes, 4);
        long typesStart = header + Word(bytes, 8);
        long typesEnd = typesStart + Word(bytes, 12);
        long stringsStart = header + Word(bytes, 16);
        long stringsEnd = stringsStart + Word(bytes, 20);
        if (header < HeaderSize || typesEnd > bytes.Length || stringsEnd > bytes.Length)
        {
            return null;
        }

        List<int> types = [0];
        for (long at = typesStart; at + TypeSize <= typesEnd;)
        {
            types.Add((int)at);
            long length = TypeSize + MoreBytes(Word(bytes, (int)at + 4));
            if (length < TypeSize || at + length > typesEnd || types.Count > MostTypes)
            {
                return null;
            }

            at += length;
        }

        KernelTypes result = new(bytes, [.. types], (int)stringsStart, (int)stringsEnd);
        result.IndexNames();
        return result;
    }

    /// <summary>What follows the 12 bytes that every type has; negative for a kind that is not known.</summary>
    private static long MoreBytes(uint info)
    {
        long count = info & 0xFFFF;
        return (BtfKind)((info >> 24) & 0x1F) switch
        {
            BtfKind.Integer or BtfKind.Variable or BtfKind.DeclarationTag => 4,
            BtfKind.Array => 12,
            BtfKind.Structure or BtfKind.Union or BtfKind.DataSection or BtfKind.Enumeration64 => count * 12,
            BtfKind.Enumeration or BtfKind.FunctionPrototype => count * 8,
            BtfKind.Pointer or BtfKind.Forward or BtfKind.Definition or BtfKind.Volatile or BtfKind.Constant or BtfKind.Restrict or BtfKind.Function or BtfKind.FloatingPoint or BtfKind.TypeTag => 0,
            _ => -TypeSize - 1,
        };
    }

    private void IndexNames()
    {
        for (int id = 1; id < _types.Length; id++)
        {
            int at = _types[id];
            uint info = ReadWord(at + 4);
            switch (KindOf(id))
            {
                case BtfKind.Structure or BtfKind.Union when TextAt(ReadWord(at)) is { Length: > 0 } name:
                    _structures.TryAdd(name, id);
                    break;
                case BtfKind.Enumeration:
                    for (int i = 0; i < (info & 0xFFFF); i++)
                    {
                        _enumerators.TryAdd(TextAt(ReadWord(at + TypeSize + (i * 8))), unchecked((int)ReadWord(at + TypeSize + (i * 8) + 4)));
                    }

                    break;
            }
        }
    }

    private (int Bits, int Type)? FindMember(int structure, string name, int depth)
    {
        if (depth > DeepestNesting || structure <= 0 || structure >= _types.Length || KindOf(structure) is not (BtfKind.Structure or BtfKind.Union))
        {
            return null;
        }

        int at = _types[structure];
        uint info = ReadWord(at + 4);
        bool hasBitFields = info >> 31 != 0;
        for (int i = 0; i < (info & 0xFFFF); i++)
        {
            int member = at + TypeSize + (i * 12);
            uint place = ReadWord(member + 8);

            // With kind_flag the high 8 bits are the width of a bit field, which no caller can use as a field of bytes.
            int bits = (int)(place & (hasBitFields ? 0x00FF_FFFFu : 0x7FFF_FFFFu));
            int type = unchecked((int)ReadWord(member + 4));
            if (TextEquals(ReadWord(member), name))
            {
                return hasBitFields && place >> 24 != 0 ? null : (bits, type);
            }

            if (ReadWord(member) == 0 && FindMember(Resolve(type), name, depth + 1) is (int inner, int innerType) && inner <= int.MaxValue - bits)
            {
                return (bits + inner, innerType);
            }
        }

        return null;
    }

    /// <summary>The type behind typedefs and qualifiers; 0 where there is none.</summary>
    private int Resolve(int type)
    {
        for (int depth = 0; depth < DeepestNesting && type > 0 && type < _types.Length; depth++)
        {
            if (KindOf(type) is not (BtfKind.Definition or BtfKind.Volatile or BtfKind.Constant or BtfKind.Restrict or BtfKind.TypeTag))
            {
                return type;
            }

            type = unchecked((int)ReadWord(_types[type] + 8));
        }

        return 0;
    }

    private int? SizeOfType(int type)
    {
        long count = 1;
        for (int depth = 0; depth < DeepestNesting; depth++)
        {
            int resolved = Resolve(type);
            if (resolved == 0)
            {
                return null;
            }

            switch (KindOf(resolved))
            {
                case BtfKind.Pointer:
                    return Bounded(count * 8);
                case BtfKind.Integer or BtfKind.Structure or BtfKind.Union or BtfKind.Enumeration or BtfKind.Enumeration64 or BtfKind.FloatingPoint:
                    return Bounded(count * ReadWord(_types[resolved] + 8));
                case BtfKind.Array when count <= int.MaxValue:
                    type = unchecked((int)ReadWord(_types[resolved] + TypeSize));
                    count *= ReadWord(_types[resolved] + TypeSize + 8) & 0x3FFF_FFFF;
                    break;
                default:
                    return null;
            }
        }

        return null;

        static int? Bounded(long size) => size <= int.MaxValue ? (int)size : null;
    }

    private BtfKind KindOf(int id) => (BtfKind)((ReadWord(_types[id] + 4) >> 24) & 0x1F);

    private uint ReadWord(int at) => Word(_bytes, at);

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private ReadOnlySpan<byte> BytesAt(uint offset)
    {
        if (offset >= _stringsEnd - _strings)
        {
            return [];
        }

        ReadOnlySpan<byte> rest = _bytes.AsSpan(_strings + (int)offset, _stringsEnd - _strings - (int)offset);
        int end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }

    private string TextAt(uint offset) => Encoding.ASCII.GetString(BytesAt(offset));

    private bool TextEquals(uint offset, string name)
    {
        ReadOnlySpan<byte> bytes = BytesAt(offset);
        return bytes.Length == name.Length && Ascii.Equals(bytes, name);
    }
}
