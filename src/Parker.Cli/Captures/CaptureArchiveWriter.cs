using System.Formats.Tar;
using System.Text;
using Parker.Machine.Topology.Sources;
using ZstdSharp;

namespace Parker.Cli.Captures;

/// <summary>Writes a captured machine as <c>.tar.zst</c>.</summary>
/// <remarks>The same entries give the same bytes: no times, no owners.</remarks>
internal sealed class CaptureArchiveWriter : ICaptureSink, IDisposable
{
    private const int CompressionLevel = 12;
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly CompressionStream _packed;
    private readonly TarWriter _tar;

    /// <summary>A writer to <paramref name="target"/>, which it leaves open.</summary>
    public CaptureArchiveWriter(Stream target)
    {
        _packed = new CompressionStream(target, CompressionLevel, leaveOpen: true);
        _tar = new TarWriter(_packed, TarEntryFormat.Gnu, leaveOpen: true);
    }

    /// <summary>The files and links written so far.</summary>
    public int Files { get; private set; }

    /// <inheritdoc/>
    public void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content)
    {
        // The GNU format takes paths and link targets of any length without the process's number in the archive, as the PAX format of this library has it.
        GnuTarEntry entry = kind switch
        {
            CaptureEntryKind.Folder => new GnuTarEntry(TarEntryType.Directory, path + "/") { Mode = FolderMode },
            CaptureEntryKind.Link => new GnuTarEntry(TarEntryType.SymbolicLink, path) { Mode = FolderMode, LinkName = Encoding.UTF8.GetString(content) },
            _ => new GnuTarEntry(TarEntryType.RegularFile, path) { Mode = FileMode, DataStream = new MemoryStream(content.ToArray()) },
        };
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        _tar.WriteEntry(entry);
        Files += kind == CaptureEntryKind.Folder ? 0 : 1;
    }

    /// <summary>Writes the end of the archive.</summary>
    public void Dispose()
    {
        _tar.Dispose();
        _packed.Dispose();
    }
}
