using System.Buffers.Binary;
using System.Text;

namespace Parker.Boot.Kernels;

/// <summary>A section of a PE file.</summary>
/// <param name="Name">Up to 8 letters.</param>
/// <param name="Offset">Where its data begins in the file.</param>
/// <param name="Length">The bytes that count, without padding.</param>
internal readonly record struct PeSection(string Name, uint Offset, uint Length)
{
    /// <summary>Reads a section header.</summary>
    /// <param name="header">40 bytes.</param>
    public static PeSection Parse(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> name = header[..8];
        int end = name.IndexOf((byte)0);
        uint virtualSize = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        uint rawSize = BinaryPrimitives.ReadUInt32LittleEndian(header[16..]);
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        return new PeSection(Encoding.Latin1.GetString(end < 0 ? name : name[..end]), offset, Math.Min(virtualSize, rawSize));
    }
}
