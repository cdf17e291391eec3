using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Parker.Firmware.Acpi;

/// <summary>A table as it grows: its header, then records one after the other.</summary>
internal sealed class TableWriter
{
    private const int ChecksumOffset = 9;

    private readonly List<byte> _bytes = [];

    private TableWriter(string signature) => Signature = signature;

    public string Signature { get; }

    public static TableWriter Start(string signature, byte revision)
    {
        TableWriter writer = new(signature);
        return writer.Append(Header(signature, revision));
    }

    /// <summary>A table whose record has the header in it.</summary>
    public static TableWriter Whole<T>(string signature, in T record)
        where T : unmanaged => new TableWriter(signature).Append(in record);

    public static TableHeader Header(string signature, byte revision) => new()
    {
        Signature = BinaryPrimitives.ReadUInt32LittleEndian(Encoding.ASCII.GetBytes(signature)),
        Revision = revision,
        OemId = OemId.Parker,
        OemTableId = BinaryPrimitives.ReadUInt64LittleEndian("PARTITN "u8),
        OemRevision = 1,
        CreatorId = BinaryPrimitives.ReadUInt32LittleEndian("PRKR"u8),
        CreatorRevision = 1,
    };

    public static byte[] Bytes<T>(in T record)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)).ToArray();

    public static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (byte value in bytes)
        {
            sum = unchecked((byte)(sum + value));
        }

        return unchecked((byte)-sum);
    }

    public TableWriter Append<T>(in T record)
        where T : unmanaged => Append(Bytes(in record));

    public TableWriter Append(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>The table with its length and checksum.</summary>
    public byte[] Finish()
    {
        byte[] bytes = [.. _bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)bytes.Length);
        bytes[ChecksumOffset] = Checksum(bytes);
        return bytes;
    }
}
