using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Parker.Boot.Files;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Kernels;

/// <summary>A Linux kernel that can be started at its 64-bit entry, anywhere in memory: a bzImage, or one within a unified kernel image.</summary>
/// <remarks>The header is read and checked; everything large stays in the file, which the caller keeps open for as long as the contents are used.</remarks>
public sealed class KernelImage
{
    private readonly byte[] _setupHeader;

    internal KernelImage(byte[] setupHeader, setup_header header)
    {
        _setupHeader = setupHeader;
        Header = header;
    }

    /// <summary>The offset of <see cref="SetupHeader"/> in the image and in <see cref="boot_params"/>.</summary>
    public static int SetupHeaderOffset => 0x1f1;

    /// <summary>The offset of the 64-bit entry from the load address.</summary>
    public static ByteSize EntryOffset64 => new(0x200);

    /// <summary>The file's path.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it was found within a unified kernel image.</summary>
    public required bool IsUnified { get; init; }

    /// <summary>The kernel's release, as <c>uname -r</c> gives it: <c>6.12.95-amd64</c>; empty where the image does not say.</summary>
    public required string Release { get; init; }

    /// <summary>Release, builder and build: what stands at <c>kernel_version</c>; empty where the image does not say.</summary>
    public required string VersionText { get; init; }

    /// <summary>How the kernel proper is compressed.</summary>
    public required PayloadFormat PayloadFormat { get; init; }

    /// <summary>What the image's own checksum tells.</summary>
    public required ChecksumState Checksum { get; init; }

    /// <summary>What is loaded: the protected-mode part of the file, without a signature behind it.</summary>
    public required FileContent Payload { get; init; }

    /// <summary>The initrd within a unified kernel image; null for none.</summary>
    public FileContent? EmbeddedInitrd { get; init; }

    /// <summary>The command line within a unified kernel image, without white space at its ends; null for none.</summary>
    public string? EmbeddedCommandLine { get; init; }

    /// <summary>The operating system that a unified kernel image names (<c>PRETTY_NAME</c> of its <c>.osrel</c>); null for none.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The header's fields; those that the image's protocol does not have are 0.</summary>
    public setup_header Header { get; }

    /// <summary>The header as it stands in the image, for <see cref="boot_params"/> from <see cref="SetupHeaderOffset"/> on: 115 to 159 bytes.</summary>
    public ReadOnlyMemory<byte> SetupHeader => _setupHeader;

    /// <summary>The boot protocol's version.</summary>
    public Version Protocol => new(Header.version >> 8, Header.version & 0xff);

    /// <summary><c>loadflags</c>.</summary>
    public LoadFlags LoadFlags => (LoadFlags)Header.loadflags;

    /// <summary><c>xloadflags</c>.</summary>
    public ExtendedLoadFlags ExtendedLoadFlags => (ExtendedLoadFlags)Header.xloadflags;

    /// <summary>The longest command line in bytes, without its NUL.</summary>
    public int MaximumCommandLineLength => (int)Math.Min(Header.cmdline_size, int.MaxValue);

    /// <summary>The contiguous memory that the kernel uses from its load address on before it reads its memory map.</summary>
    public ByteSize InitSize => new(Header.init_size);

    /// <summary>The alignment of the load address: a power of two, unless the image was refused.</summary>
    public ByteSize KernelAlignment => new(Header.kernel_alignment);

    /// <summary>The load address that the kernel likes best; any other with its alignment does.</summary>
    public PhysicalAddress PreferredAddress => new(Header.pref_address);

    /// <summary>Reads and checks an image.</summary>
    /// <param name="file">Open for reading; not closed here.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="diagnostics">Takes all problems: <c>IMG001</c> and up.</param>
    /// <returns>The image; null where there was an error.</returns>
    public static KernelImage? TryRead(SafeFileHandle file, string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag own = [];
        KernelImage? image = Examine(file, path, own);
        diagnostics.AddRange(own);
        return own.HasErrors ? null : image;
    }

    /// <summary>Reads an image for people to look at: one that must not be started is given, too, where its header can be read and its contents lie within the file.</summary>
    /// <param name="file">Open for reading; not closed here.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="diagnostics">Takes all problems; an error among them says that it must not be started.</param>
    /// <returns>What can be read; null where that is nothing.</returns>
    public static KernelImage? Examine(SafeFileHandle file, string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            FileWindow window = FileWindow.Whole(file, path);
            return UnifiedKernelImage.TryFind(window, diagnostics, out UnifiedKernelImage? unified)
                ? unified is null ? null : BzImageReader.Examine(unified.Kernel, unified, diagnostics)
                : BzImageReader.Examine(window, unified: null, diagnostics);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            InputFile.Report(path, "IMG001", exception.Message, diagnostics);
            return null;
        }
    }

    /// <summary>The room that it needs together with an initrd.</summary>
    /// <param name="initrdSize">The initrd's length; 0 for none.</param>
    public ImageFootprint Footprint(ByteSize initrdSize) => new(Payload.Length, InitSize, KernelAlignment, initrdSize);

    /// <summary>The header's fields from its bytes; what is missing at the end is 0, what is there beyond is left out.</summary>
    internal static setup_header ParseHeader(ReadOnlySpan<byte> bytes)
    {
        Span<byte> whole = stackalloc byte[Unsafe.SizeOf<setup_header>()];
        whole.Clear();
        bytes[..Math.Min(bytes.Length, whole.Length)].CopyTo(whole);
        return MemoryMarshal.Read<setup_header>(whole);
    }
}
