using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Watching;

/// <summary>Compares what Parker wrote into a header page with what the journal says of that boot: each proves the other.</summary>
internal static class HeaderProof
{
    /// <summary>The length of the part that nobody but Parker writes.</summary>
    public static int Length => (int)HeaderPageLayout.ConstantPart.Bytes;

    /// <summary>The first thing that differs, in words; null where all is as the journal says.</summary>
    /// <param name="page">The constant part, as it is in memory.</param>
    /// <param name="partition">What the journal says.</param>
    public static string? FindDifference(ReadOnlySpan<byte> page, PartitionRecord partition)
    {
        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(At(page, HeaderPageLayout.Magic));
        if (magic != HeaderPageLayout.MagicValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its magic is 0x{magic:x16}");
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(At(page, HeaderPageLayout.Version));
        if (version != HeaderPageLayout.VersionValue)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its version is {version}, not {HeaderPageLayout.VersionValue}");
        }

        Guid bootId = new(At(page, HeaderPageLayout.BootId)[..16], bigEndian: true);
        if (bootId != partition.BootId)
        {
            return $"its boot ID is {bootId}, not {partition.BootId}";
        }

        string name = Encoding.Latin1.GetString(At(page, HeaderPageLayout.Name)[..PartitionName.MaxLength]).TrimEnd('\0');
        if (name != partition.Name.ToString())
        {
            return "its name is another one";
        }

        long position = BinaryPrimitives.ReadInt64LittleEndian(At(page, HeaderPageLayout.JournalPosition));
        if (position != partition.JournalPosition)
        {
            return string.Create(CultureInfo.InvariantCulture, $"its journal position is {position}, not {partition.JournalPosition}");
        }

        return FindHashDifference(page, partition.Image) ?? FindChecksumDifference(page);
    }

    private static string? FindHashDifference(ReadOnlySpan<byte> page, ImageIdentity? image)
    {
        if (image is null)
        {
            return null;
        }

        return Differs(page, HeaderPageLayout.KernelHash, image.KernelHash) ? "the hash of its kernel differs"
            : Differs(page, HeaderPageLayout.InitrdHash, image.InitrdHash) ? "the hash of its initrd differs"
            : Differs(page, HeaderPageLayout.CommandLineHash, image.CommandLineHash) ? "the hash of its command line differs"
            : null;
    }

    private static string? FindChecksumDifference(ReadOnlySpan<byte> page)
    {
        Span<byte> summed = stackalloc byte[Length];
        page[..Length].CopyTo(summed);
        BinaryPrimitives.WriteUInt32LittleEndian(summed[(int)HeaderPageLayout.Checksum.Bytes..], 0);
        return Crc32.HashToUInt32(summed) == BinaryPrimitives.ReadUInt32LittleEndian(At(page, HeaderPageLayout.Checksum)) ? null : "its checksum does not fit";
    }

    private static bool Differs(ReadOnlySpan<byte> page, ByteSize field, string hash) => Convert.ToHexStringLower(At(page, field)[..16]) != hash;

    private static ReadOnlySpan<byte> At(ReadOnlySpan<byte> page, ByteSize field) => page[(int)field.Bytes..];
}
