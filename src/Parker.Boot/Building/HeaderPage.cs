using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>Writes the header page as it is before the start.</summary>
internal static class HeaderPage
{
    /// <summary>The page's content: what is constant; the words that others write are 0.</summary>
    /// <param name="plan">The partition.</param>
    /// <param name="inputs">What it starts from.</param>
    public static byte[] Build(PartitionPlan plan, ImageInputs inputs)
    {
        byte[] page = new byte[HeaderPageLayout.Size.Bytes];
        Span<byte> At(ByteSize field) => page.AsSpan((int)field.Bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(At(HeaderPageLayout.Magic), HeaderPageLayout.MagicValue);
        BinaryPrimitives.WriteUInt32LittleEndian(At(HeaderPageLayout.Version), HeaderPageLayout.VersionValue);
        inputs.BootId.TryWriteBytes(At(HeaderPageLayout.BootId), bigEndian: true, out _);
        Encoding.ASCII.GetBytes(plan.Name.ToString(), At(HeaderPageLayout.Name));
        BinaryPrimitives.WriteInt64LittleEndian(At(HeaderPageLayout.JournalPosition), inputs.JournalPosition);
        BinaryPrimitives.WriteInt64LittleEndian(At(HeaderPageLayout.TscKilohertz), plan.TscKilohertz);
        BinaryPrimitives.WriteUInt128BigEndian(At(HeaderPageLayout.KernelHash), inputs.Hashes.Kernel);
        BinaryPrimitives.WriteUInt128BigEndian(At(HeaderPageLayout.InitrdHash), inputs.Hashes.Initrd);
        BinaryPrimitives.WriteUInt128BigEndian(At(HeaderPageLayout.CommandLineHash), inputs.Hashes.CommandLine);
        BinaryPrimitives.WriteUInt32LittleEndian(At(HeaderPageLayout.Checksum), Crc32.HashToUInt32(page.AsSpan(0, (int)HeaderPageLayout.ConstantPart.Bytes)));
        CpuWords.WriteInitial(page, plan);
        MemoryWords.WriteInitial(page, plan);
        return page;
    }
}
