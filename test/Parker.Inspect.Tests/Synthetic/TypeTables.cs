using System.Buffers.Binary;
using System.Text;

namespace Parker.Inspect.Tests.Synthetic;

/// <summary>Writes BTF.</summary>
internal sealed class TypeTables
{
    private readonly List<byte> _types = [];
    private readonly List<byte> _strings = [0];
    private int _count;

    /// <summary>An integer.</summary>
    public int Integer(string name, int size) => Add(name, 1, 0, size, 0);

    /// <summary>An array.</summary>
    public int Array(int element, int length) => Add("", 3, 0, 0, element, 0, length);

    /// <summary>A typedef.</summary>
    public int Definition(string name, int type) => Add(name, 8, 0, type);

    /// <summary>A structure; offsets in bytes.</summary>
    public int Structure(string name, int size, params (string Name, int Type, int Offset)[] members) =>
        Add(name, 4, members.Length, size, [.. members.SelectMany(member => (int[])[Text(member.Name), member.Type, member.Offset * 8])]);

    /// <summary>An enumeration.</summary>
    public int Enumeration(params (string Name, int Value)[] values) => Add("", 6, values.Length, 4, [.. values.SelectMany(value => (int[])[Text(value.Name), value.Value])]);

    public byte[] ToBytes()
    {
        byte[] header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0x0001EB9F);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), _types.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), _types.Count);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), _strings.Count);
        return [.. header, .. _types, .. _strings];
    }

    private int Add(string name, int kind, int count, int size, params int[] rest)
    {
        foreach (int word in (int[])[Text(name), (kind << 24) | count, size, .. rest])
        {
            _types.AddRange(BitConverter.GetBytes(word));
        }

        return ++_count;
    }

    private int Text(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        int at = _strings.Count;
        _strings.AddRange([.. Encoding.ASCII.GetBytes(text), 0]);
        return at;
    }
}
