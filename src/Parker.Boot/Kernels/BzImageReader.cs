using System.Numerics;
using System.Text;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Boot.Kernels;

/// <summary>Reads a bzImage with every check of the kernel's and kexec-tools' own loaders, and those that they leave out.</summary>
/// <remarks>
/// Documentation/arch/x86/boot.rst; arch/x86/kernel/kexec-bzimage64.c; kexec-tools kexec/arch/x86_64/kexec-bzImage64.c.
/// <code>
/// 0x000  boot sector, or the head of a PE file
/// 0x1f1  setup_header, up to 0x202 + the displacement of its jump at 0x200
///        real-mode code: 1 + setup_sects sectors of 512 bytes in all (0 means 4)
///        protected-mode code: syssize x 16 bytes, up to 6.14 with a CRC-32 of all before as its last 4 bytes
///        a signature, where the image has one
/// </code>
/// </remarks>
internal static class BzImageReader
{
    private const int SectorLength = 512;
    private const uint HdrS = 0x53726448;
    private const ushort BootFlag = 0xAA55;
    private const ushort OldestProtocol = 0x020c;
    private const byte ShortJump = 0xeb;

    // Where the header begins, its jump stands and the jump is counted from; the least end has init_size in it, and from 0x290 on boot_params has other things.
    private const int HeaderStart = 0x1f1;
    private const int JumpAt = 0x200;
    private const int JumpFrom = 0x202;
    private const int LeastHeaderEnd = 0x264;
    private const int GreatestHeaderEnd = 0x290;

    // A longer release text than any build makes; the rest is not read.
    private const int LongestVersionText = 512;

    // COMMAND_LINE_SIZE is 2048 on x86, and nobody has made it larger than the page that some distributions use.
    private const uint LongestCommandLine = 1 << 16;

    /// <summary>Reads and checks the image that <paramref name="window"/> is; gives a refused one, too, where it can be read.</summary>
    /// <param name="window">Exactly the image, and what may follow it in its file.</param>
    /// <param name="unified">The unified kernel image that it lies in; null for a file of its own.</param>
    /// <param name="diagnostics">Takes all problems.</param>
    /// <returns>What can be read; null where that is nothing.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static KernelImage? Examine(FileWindow window, UnifiedKernelImage? unified, DiagnosticBag diagnostics)
    {
        string place = window.Path;
        Span<byte> start = stackalloc byte[2 * SectorLength];
        start = window.Read(0, start);
        if (!IsKernel(start, window.Length, place, diagnostics))
        {
            return null;
        }

        int headerEnd = JumpFrom + unchecked((sbyte)start[JumpAt + 1]);
        if (start[JumpAt] != ShortJump || headerEnd is < LeastHeaderEnd or > GreatestHeaderEnd)
        {
            diagnostics.Error("IMG010", place, $"The header's jump ({start[JumpAt]:x2} {start[JumpAt + 1]:x2}) does not lead to its end, between 0x{LeastHeaderEnd:x} and 0x{GreatestHeaderEnd:x}. The image is damaged.", Reinstall);
            return null;
        }

        byte[] setupHeader = start[HeaderStart..headerEnd].ToArray();
        setup_header header = KernelImage.ParseHeader(setupHeader);
        ulong setupLength = (ulong)((header.setup_sects == 0 ? 4 : header.setup_sects) + 1) * SectorLength;
        ulong codeLength = (ulong)header.syssize * 16;
        DiagnosticBag fields = [];
        CheckFlags(header, place, fields);
        CheckSizes(header, place, fields);
        diagnostics.AddRange(fields);
        if (!window.Contains(setupLength, codeLength))
        {
            diagnostics.Error(
                "IMG011",
                place,
                $"It is truncated: the header speaks of {setupLength} bytes of real-mode code and {codeLength} bytes of kernel, and there are {window.Length} bytes.",
                "Copy it again, or reinstall the kernel's package.");
            return null;
        }

        if (codeLength <= KernelImage.EntryOffset64.Bytes)
        {
            diagnostics.Error("IMG012", place, $"Its kernel has {codeLength} bytes (syssize 0x{header.syssize:x}), and the 64-bit entry is at 0x200. The image is damaged.", Reinstall);
            return null;
        }

        FileWindow code = window.Slice(setupLength, codeLength);
        (string versionText, string release) = ReadVersion(window, header, setupLength, place, diagnostics);
        PayloadFormat? format = ReadPayloadFormat(code, header, place, diagnostics);

        // The checksum would say nothing new about an image that is refused, and costs reading all of it.
        ChecksumState checksum = fields.HasErrors || format is null
            ? ChecksumState.NotCompared
            : ImageChecksum.Check(window.Slice(0, setupLength + codeLength), release, place, diagnostics);
        return new KernelImage(setupHeader, header)
        {
            Path = window.Path,
            IsUnified = unified is not null,
            Release = release,
            VersionText = versionText,
            PayloadFormat = format ?? PayloadFormat.Unknown,
            Checksum = checksum,
            Payload = code.Content(0, codeLength),
            EmbeddedInitrd = unified?.Initrd,
            EmbeddedCommandLine = unified?.CommandLine,
            OperatingSystem = unified?.OperatingSystem,
        };
    }

    /// <summary>What to do about damage.</summary>
    internal const string Reinstall = "Reinstall the kernel's package.";

    private static bool IsKernel(ReadOnlySpan<byte> start, ulong length, string place, DiagnosticBag diagnostics)
    {
        if (start.Length < 2 * SectorLength)
        {
            diagnostics.Error("IMG002", place, $"It has {length} bytes, and a bzImage has at least {2 * SectorLength}.", "Give the path of a kernel, such as /boot/vmlinuz-<release>.");
            return false;
        }

        setup_header header = KernelImage.ParseHeader(start[HeaderStart..]);
        if (header.header != HdrS)
        {
            diagnostics.Error("IMG003", place, $"It is no bzImage: 'HdrS' is missing at 0x202.{ForeignImage.Describe(start)}", "Give the path of a kernel, such as /boot/vmlinuz-<release>.");
            return false;
        }

        if (header.boot_flag != BootFlag)
        {
            diagnostics.Error("IMG004", place, $"The boot flag at 0x1fe is 0x{header.boot_flag:x4}, not 0x{BootFlag:x4}. The image is damaged.", Reinstall);
            return false;
        }

        if (header.version < OldestProtocol)
        {
            diagnostics.Error(
                "IMG005",
                place,
                $"Its boot protocol is {header.version >> 8}.{header.version & 0xff:d2}; the 64-bit entry above 4 GiB needs 2.12 or later.",
                "Take Linux 3.8 or later.");
            return false;
        }

        return true;
    }

    private static void CheckFlags(in setup_header header, string place, DiagnosticBag diagnostics)
    {
        if (((LoadFlags)header.loadflags & LoadFlags.LoadedHigh) == 0)
        {
            diagnostics.Error("IMG006", place, $"It is a zImage, no bzImage: LOADED_HIGH is not set in loadflags (0x{header.loadflags:x2}).", "Take a bzImage.");
        }

        ExtendedLoadFlags extended = (ExtendedLoadFlags)header.xloadflags;
        if ((extended & ExtendedLoadFlags.Kernel64) == 0)
        {
            diagnostics.Error("IMG007", place, $"It is a 32-bit kernel: XLF_KERNEL_64 is not set in xloadflags (0x{header.xloadflags:x4}).", "Take an x86-64 kernel.");
        }

        if ((extended & ExtendedLoadFlags.CanBeLoadedAbove4G) == 0)
        {
            diagnostics.Error(
                "IMG008",
                place,
                $"It cannot be loaded above 4 GiB: XLF_CAN_BE_LOADED_ABOVE_4G is not set in xloadflags (0x{header.xloadflags:x4}).",
                "Take a 64-bit kernel that was built with CONFIG_RELOCATABLE=y, as all distributions' are.");
        }

        if (header.relocatable_kernel == 0)
        {
            diagnostics.Error("IMG009", place, $"It runs at 0x{header.pref_address:x} only: relocatable_kernel is 0.", "Take a kernel that was built with CONFIG_RELOCATABLE=y, as all distributions' are.");
        }
    }

    private static void CheckSizes(in setup_header header, string place, DiagnosticBag diagnostics)
    {
        if (header.cmdline_size is 0 or > LongestCommandLine)
        {
            diagnostics.Error("IMG013", place, $"Its longest command line (cmdline_size) is {header.cmdline_size} bytes, which no kernel has. The image is damaged.", Reinstall);
        }

        if (header.init_size == 0)
        {
            diagnostics.Error("IMG014", place, "The memory that it needs to start (init_size) is 0. The image is damaged.", Reinstall);
        }

        if (!BitOperations.IsPow2(header.kernel_alignment) || header.kernel_alignment < ByteSize.Page.Bytes)
        {
            diagnostics.Error("IMG015", place, $"Its alignment (kernel_alignment) is 0x{header.kernel_alignment:x}, not a power of two of 4 KiB or more. The image is damaged.", Reinstall);
        }
    }

    private static (string Text, string Release) ReadVersion(FileWindow window, in setup_header header, ulong setupLength, string place, DiagnosticBag diagnostics)
    {
        ulong at = header.kernel_version + 0x200UL;
        Span<byte> bytes = stackalloc byte[LongestVersionText];
        bytes = header.kernel_version == 0 || at >= setupLength ? [] : window.Read(at, bytes[..(int)Math.Min(LongestVersionText, setupLength - at)]);
        int end = bytes.IndexOf((byte)0);
        ReadOnlySpan<byte> text = end < 0 ? [] : bytes[..end];
        if (text.IsEmpty || text[0] == ' ' || text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            diagnostics.Warning("IMG018", place, $"It does not say which release it is: kernel_version (0x{header.kernel_version:x4}) leads to no text.");
            return ("", "");
        }

        string whole = Encoding.ASCII.GetString(text);
        int space = whole.IndexOf(' ', StringComparison.Ordinal);
        return (whole, space < 0 ? whole : whole[..space]);
    }

    // Null where the payload does not lie within the kernel.
    private static PayloadFormat? ReadPayloadFormat(FileWindow code, in setup_header header, string place, DiagnosticBag diagnostics)
    {
        if (!code.Contains(header.payload_offset, header.payload_length))
        {
            diagnostics.Error(
                "IMG016",
                place,
                $"Its payload (0x{header.payload_length:x} bytes at 0x{header.payload_offset:x}) does not lie within its 0x{code.Length:x} bytes of kernel. The image is damaged.",
                Reinstall);
            return null;
        }

        Span<byte> mark = stackalloc byte[(int)Math.Min(4, header.payload_length)];
        mark = code.Read(header.payload_offset, mark);
        PayloadFormat format = FormatOf(mark);
        if (format == PayloadFormat.Unknown)
        {
            diagnostics.Warning("IMG019", place, $"Its payload at 0x{header.payload_offset:x} starts with '{Convert.ToHexStringLower(mark)}', the mark of no compression known here; it may be damaged.");
        }

        return format;
    }

    // The marks that boot.rst lists for payload_offset, and LZO's, which it leaves out.
    private static PayloadFormat FormatOf(ReadOnlySpan<byte> mark) => mark switch
    {
        [0x7f, (byte)'E', (byte)'L', (byte)'F'] => PayloadFormat.Elf,
        [0x1f, 0x8b or 0x9e, ..] => PayloadFormat.Gzip,
        [(byte)'B', (byte)'Z', ..] => PayloadFormat.Bzip2,
        [0x5d, 0x00, ..] => PayloadFormat.Lzma,
        [0xfd, (byte)'7', ..] => PayloadFormat.Xz,
        [0x89, (byte)'L', ..] => PayloadFormat.Lzo,
        [0x02, 0x21, ..] => PayloadFormat.Lz4,
        [0x28, 0xb5, ..] => PayloadFormat.Zstd,
        _ => PayloadFormat.Unknown,
    };
}
