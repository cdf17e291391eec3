using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Parker.Agent.Protocol;

/// <summary>Puts the fields of a message one behind the other: integers little-endian, texts as length and UTF-8, lists as count and elements.</summary>
internal sealed class MessageWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public MessageWriter UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.GetSpan(2), value);
        _bytes.Advance(2);
        return this;
    }

    public MessageWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
        return this;
    }

    public MessageWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return this;
    }

    public MessageWriter Text(string value)
    {
        UInt32((uint)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
        return this;
    }

    public MessageWriter Texts(IReadOnlyCollection<string> values)
    {
        UInt32((uint)values.Count);
        foreach (string value in values)
        {
            Text(value);
        }

        return this;
    }
}
