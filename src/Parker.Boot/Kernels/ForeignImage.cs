namespace Parker.Boot.Kernels;

/// <summary>Says of a file that is no bzImage what it seems to be, so that the message helps.</summary>
internal static class ForeignImage
{
    /// <summary>A sentence with a space before it; empty where nothing is recognized.</summary>
    /// <param name="start">The first bytes, 64 or more.</param>
    public static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] => " It is an ELF file, such as an unpacked vmlinux: Parker starts the bzImage (vmlinuz) that is made of it.",
        [0x1f, 0x8b, ..] or [0x28, 0xb5, 0x2f, 0xfd, ..] or [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => " It is a compressed file.",
        [(byte)'0', (byte)'7', (byte)'0', (byte)'7', (byte)'0', ..] => " It is a cpio archive, such as an initrd.",
        [(byte)'M', (byte)'Z', ..] when start[0x38..0x3c].SequenceEqual("ARM\x64"u8) => " It is a kernel for another processor (arm64).",
        [(byte)'M', (byte)'Z', ..] when start[0x38..0x3c].SequenceEqual("RSC\x05"u8) => " It is a kernel for another processor (riscv64).",
        [(byte)'M', (byte)'Z', ..] => " It is a program for UEFI or DOS without a .linux section, so no unified kernel image either.",
        _ => "",
    };
}
