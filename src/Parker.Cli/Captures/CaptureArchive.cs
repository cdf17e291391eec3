using System.Formats.Tar;
using System.Text;
using Parker.Cli.Output;
using Parker.Machine;
using Parker.Machine.Topology.Sources;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Parker.Cli.Captures;

/// <summary>Reads a captured machine from a <c>.tar.zst</c> file into memory.</summary>
/// <remarks>
/// Nothing is unpacked to disk. A capture may come from a stranger: only folders, files and symbolic links are taken, no path leads out of the tree, and sizes and
/// numbers have limits, so that a small file cannot fill the memory.
/// </remarks>
internal static class CaptureArchive
{
    /// <summary>The ending that a capture's name has.</summary>
    public const string Ending = ".tar.zst";

    private const int MaxEntries = 1_000_000;
    private const int MaxPathLength = 4096;
    private const int MaxDepth = 64;

    // A capture of 1000 CPUs and 1000 functions holds about 20 MB.
    private static readonly ByteSize MaxUnpacked = ByteSize.FromMebibytes(512);

    // 2^27: what zstd itself takes without being asked for more; memory is used only where the frame asks for it.
    private const int MaxWindowLog = 27;

    /// <summary>Opens a capture.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CommandFailedException">It cannot be read, or is no capture.</exception>
    public static TreeMachineSource Open(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, path, MaxUnpacked);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(exception is UnauthorizedAccessException ? ExitCode.NoAccess : ExitCode.Failed, $"Cannot read the capture '{path}': {exception.Message}");
        }
    }

    /// <summary>Reads a capture.</summary>
    /// <param name="packed">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="maxUnpacked">What the archive may unpack to.</param>
    /// <exception cref="CommandFailedException">It is no capture.</exception>
    public static TreeMachineSource Read(Stream packed, string name, ByteSize maxUnpacked)
    {
        TreeMachineSource tree = new();
        int entries = 0;
        try
        {
            using DecompressionStream unpacked = new(packed);
            unpacked.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
            using LimitedStream limited = new(unpacked, (long)maxUnpacked.Bytes);
            using TarReader reader = new(limited);
            while (reader.GetNextEntry() is TarEntry entry)
            {
                if (++entries > MaxEntries)
                {
                    throw Refused(name, $"it has more than {MaxEntries} entries");
                }

                if (Add(tree, entry) is string problem)
                {
                    throw Refused(name, problem);
                }
            }
        }
        catch (LimitExceededException)
        {
            throw Refused(name, $"it unpacks to more than {maxUnpacked.ToDisplayString()}");
        }
        catch (Exception exception) when (exception is ZstdException)
        {
            throw Refused(name, "it is not compressed with zstd, or it is damaged");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or ArithmeticException or NotSupportedException)
        {
            throw Refused(name, "what it unpacks to is no tar archive, or it is cut off");
        }

        return entries > 0 ? tree : throw Refused(name, "it has no entries");
    }

    // Null where the entry was taken, else what is wrong with it.
    private static string? Add(TreeMachineSource tree, TarEntry entry)
    {
        string path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
        path = path.EndsWith('/') ? path[..^1] : path;
        if (path is "" or "." && entry.EntryType == TarEntryType.Directory)
        {
            return null;
        }

        CaptureEntryKind? kind = entry.EntryType switch
        {
            TarEntryType.Directory => CaptureEntryKind.Folder,
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => CaptureEntryKind.File,
            TarEntryType.SymbolicLink => CaptureEntryKind.Link,
            _ => null,
        };
        if (kind is null)
        {
            return $"the entry '{Shown(path)}' is neither folder, file nor symbolic link ({entry.EntryType})";
        }

        if (path.Length > MaxPathLength || entry.LinkName.Length > MaxPathLength || path.AsSpan().Count('/') > MaxDepth)
        {
            return $"the path '{Shown(path)}' is longer than {MaxPathLength} characters or deeper than {MaxDepth} folders";
        }

        if (kind == CaptureEntryKind.File && entry.Length > DirectoryMachineSource.MaxFileLength)
        {
            return $"the file '{Shown(path)}' has {entry.Length} bytes, and {DirectoryMachineSource.MaxFileLength} are allowed";
        }

        byte[] content = kind == CaptureEntryKind.Link ? Encoding.UTF8.GetBytes(entry.LinkName) : [];
        if (kind == CaptureEntryKind.File && entry.DataStream is Stream data)
        {
            content = new byte[entry.Length];
            data.ReadExactly(content);
        }

        return tree.TryAdd(path, kind.Value, content)
            ? null
            : $"the path '{Shown(path)}' leads out of the tree, stands there twice, or lies below a file";
    }

    // The archive's names may hold anything, and end up on a terminal.
    private static string Shown(string path) =>
        PlainText.Of(path.Length > 80 ? path[..80] + "..." : path);

    private static CommandFailedException Refused(string name, string problem) =>
        new(ExitCode.Refused, $"'{name}' is not a captured machine: {problem}. Take a file that 'parker capture' wrote, or a directory.");
}
