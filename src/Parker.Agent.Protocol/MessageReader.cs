using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Parker.Agent.Protocol;

/// <summary>Reads what <see cref="MessageWriter"/> wrote. A field that is not there, or not whole, makes everything after it fail.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private bool _failed;

    /// <summary>Whether all fields were there and nothing is left.</summary>
    public readonly bool IsWhole => !_failed && _rest.IsEmpty;

    public ushort UInt16() => TryTake(2, out ReadOnlySpan<byte> field) ? BinaryPrimitives.ReadUInt16LittleEndian(field) : (ushort)0;

    public uint UInt32() => TryTake(4, out ReadOnlySpan<byte> field) ? BinaryPrimitives.ReadUInt32LittleEndian(field) : 0;

    public ulong UInt64() => TryTake(8, out ReadOnlySpan<byte> field) ? BinaryPrimitives.ReadUInt64LittleEndian(field) : 0;

    /// <summary>A text; one that is not UTF-8 fails.</summary>
    public string Text()
    {
        if (!TryTake(UInt32(), out ReadOnlySpan<byte> field))
        {
            return "";
        }

        _failed |= !Utf8.IsValid(field);
        return Encoding.UTF8.GetString(field);
    }

    /// <summary>A list of texts; its count cannot be larger than what is left allows.</summary>
    public string[] Texts()
    {
        uint count = UInt32();
        if (_failed || count > (uint)_rest.Length / 4)
        {
            _failed = true;
            return [];
        }

        string[] values = new string[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Text();
        }

        return values;
    }

    private bool TryTake(uint length, out ReadOnlySpan<byte> field)
    {
        if (_failed || length > (uint)_rest.Length)
        {
            _failed = true;
            field = default;
            return false;
        }

        field = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
