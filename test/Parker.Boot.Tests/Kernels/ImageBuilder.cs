using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Parker.Boot.Tests.Kernels;

/// <summary>Makes bzImages and unified kernel images as the kernel's build and ukify do, small, and with every field open to a test.</summary>
internal sealed class ImageBuilder
{
    public const int SetupSectors = 7;
    public const int VersionAt = 0x400;
    public const int PeAt = 0x40;

    public byte SetupSects { get; init; } = SetupSectors;

    public string VersionText { get; init; } = "6.12.95-amd64 (builder@example.org) #1 SMP Debian 6.12.95-1";

    /// <summary>The protected-mode code without its checksum; a multiple of 32 bytes less 4.</summary>
    public byte[] Code { get; init; } = MakeCode(0x4000 - 4);

    public bool WithChecksum { get; init; } = true;

    public bool Signed { get; init; }

    /// <summary>Changes the bytes of the first sectors before the checksum is made.</summary>
    public Action<byte[]>? Change { get; init; }

    public byte[] Build()
    {
        byte[] setup = new byte[((SetupSects == 0 ? 4 : SetupSects) + 1) * 512];
        "MZ"u8.CopyTo(setup);
        Put32(setup, 0x3c, PeAt);
        "PE\0\0"u8.CopyTo(setup.AsSpan(PeAt));
        Put16(setup, PeAt + 4, 0x8664);
        Put16(setup, PeAt + 6, 0);
        Put16(setup, PeAt + 20, 0xa0);
        Put16(setup, PeAt + 24, 0x20b);
        setup[0x1f1] = SetupSects;
        Put32(setup, 0x1f4, (uint)((Code.Length + 4) / 16));
        Put16(setup, 0x1fe, 0xaa55);
        setup[0x200] = 0xeb;
        setup[0x201] = 0x6a;
        "HdrS"u8.CopyTo(setup.AsSpan(0x202));
        Put16(setup, 0x206, 0x020f);
        Put16(setup, 0x20e, VersionAt - 0x200);
        setup[0x211] = 0x01;
        Put32(setup, 0x230, 0x200000);
        setup[0x234] = 1;
        setup[0x235] = 21;
        Put16(setup, 0x236, 0x7f);
        Put32(setup, 0x238, 2047);
        Put32(setup, 0x248, 0x2cc);
        Put32(setup, 0x24c, 0x1000);
        BinaryPrimitives.WriteUInt64LittleEndian(setup.AsSpan(0x258), 0x1000000);
        Put32(setup, 0x260, 0x37ee000);
        Encoding.ASCII.GetBytes(VersionText).CopyTo(setup, VersionAt);
        Change?.Invoke(setup);
        byte[] checksum = new byte[4];
        if (WithChecksum)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(checksum, ~Crc32.HashToUInt32([.. setup, .. Code]));
        }

        if (!Signed)
        {
            return [.. setup, .. Code, .. checksum];
        }

        // Signing comes after the build: two fields of the PE header, and the signature at the end.
        Put32(setup, PeAt + 24 + 64, 0x12345678);
        Put32(setup, PeAt + 24 + 144, (uint)(setup.Length + Code.Length + 4));
        Put32(setup, PeAt + 24 + 148, 48);
        return [.. setup, .. Code, .. checksum, .. Enumerable.Repeat((byte)0x5a, 48)];
    }

    public static byte[] MakeCode(int length)
    {
        byte[] code = new byte[length];
        new Random(1).NextBytes(code);
        if (length >= 0x2cc + 4)
        {
            ((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]).CopyTo(code.AsSpan(0x2cc));
        }

        return code;
    }

    /// <summary>A PE file with sections, each padded to 512 bytes.</summary>
    public static byte[] BuildUnified(params (string Name, byte[] Data)[] sections)
    {
        byte[] head = new byte[0x1000];
        "MZ"u8.CopyTo(head);
        Put32(head, 0x3c, 0x80);
        "PE\0\0"u8.CopyTo(head.AsSpan(0x80));
        Put16(head, 0x84, 0x8664);
        Put16(head, 0x86, (ushort)sections.Length);
        Put16(head, 0x94, 0xf0);
        List<byte> file = [.. head];
        for (int index = 0; index < sections.Length; index++)
        {
            int entry = 0x80 + 24 + 0xf0 + (40 * index);
            (string name, byte[] data) = sections[index];
            int padded = (data.Length + 511) / 512 * 512;
            Encoding.ASCII.GetBytes(name).CopyTo(head, entry);
            Put32(head, entry + 8, (uint)data.Length);
            Put32(head, entry + 12, (uint)(0x10000 * (index + 1)));
            Put32(head, entry + 16, (uint)padded);
            Put32(head, entry + 20, (uint)file.Count);
            file.AddRange(data);
            file.AddRange(new byte[padded - data.Length]);
        }

        byte[] whole = [.. file];
        head.CopyTo(whole, 0);
        return whole;
    }

    public static void Put16(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    public static void Put32(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}
