using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;

namespace Parker.Machine.Topology.Sources;

/// <summary>A machine captured as a folder of files, in the layout of <see cref="CaptureLayout"/>.</summary>
/// <remarks>
/// Symbolic links are followed here and not by the file system: an absolute target counts from the tree's root, and <c>..</c> ends there, so that no link leads
/// out of the tree. The tree must stand still while it is read: what a folder is, is remembered. Reading never blocks unless the tree holds a named pipe, which no
/// capture has. Not safe for use by several threads at once.
/// </remarks>
public sealed class DirectoryMachineSource : IMachineSource
{
    /// <summary>The largest file that is read; a larger one is <see cref="SourceStatus.Failed"/>.</summary>
    public const int MaxFileLength = 64 << 20;

    private const int MaxLinks = 40;
    private const int FirstRead = 32 << 10;

    private readonly string _root;
    private readonly Dictionary<string, string?> _folders = new(StringComparer.Ordinal);
    private readonly byte[] _buffer = new byte[FirstRead];
    private readonly CaptureFacts _facts;

    /// <summary>The machine captured below <paramref name="root"/>; a folder that is not there is a machine of which nothing is known.</summary>
    public DirectoryMachineSource(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string full = Path.GetFullPath(root);
        _root = full == "/" ? "" : Path.TrimEndingDirectorySeparator(full);
        _folders[""] = "";
        _facts = new CaptureFacts(ReadFile);
    }

    /// <inheritdoc/>
    public SourceStatus TryRead(string path, out byte[] content)
    {
        ArgumentNullException.ThrowIfNull(path);
        content = [];
        if (_facts.StatusOf(path) is SourceStatus told && told != SourceStatus.Ok)
        {
            return told;
        }

        return ReadFile(path, out content);
    }

    /// <inheritdoc/>
    public SourceStatus TryList(string path, out IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(path);
        names = [];
        if (_facts.StatusOf(path) is SourceStatus told && told != SourceStatus.Ok)
        {
            return told;
        }

        if (ResolveFolder(path.TrimEnd('/')) is not string folder)
        {
            // What is there and is no folder has no names.
            return ReadFile(path, out _) == SourceStatus.Missing ? SourceStatus.Missing : SourceStatus.Failed;
        }

        try
        {
            FileSystemEnumerable<string> entries = new(
                Real(folder),
                static (ref FileSystemEntry entry) => entry.FileName.ToString(),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false });
            List<string> found = [.. entries];
            if (folder.Length == 0)
            {
                found.Remove(CaptureLayout.FactsFolder);
            }

            found.Sort(StringComparer.Ordinal);
            names = found;
            return SourceStatus.Ok;
        }
        catch (UnauthorizedAccessException)
        {
            return SourceStatus.Denied;
        }
        catch (IOException)
        {
            return SourceStatus.Failed;
        }
    }

    /// <inheritdoc/>
    public SourceStatus TryReadLink(string path, out string target)
    {
        ArgumentNullException.ThrowIfNull(path);
        target = "";
        if (_facts.StatusOf(path) is SourceStatus told && told != SourceStatus.Ok)
        {
            return told;
        }

        if (ResolveParent(path, out string name) is not string folder || LinkTarget(folder + "/" + name) is not string text)
        {
            return SourceStatus.Missing;
        }

        target = text;
        return SourceStatus.Ok;
    }

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (_facts.StatusOf(path) != SourceStatus.Ok)
        {
            return true;
        }

        return ResolveParent(path, out string name) is string folder
            && (name.Length == 0 || Path.Exists(Real(folder + "/" + name)) || LinkTarget(folder + "/" + name) is not null);
    }

    /// <inheritdoc/>
    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value) => _facts.TryReadMsr(cpu, register, out value);

    /// <inheritdoc/>
    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines) => _facts.TryReadKernelLog(out lines);

    /// <inheritdoc/>
    public SourceStatus TryReadTsc(out TscReading frequency) => _facts.TryReadTsc(out frequency);

    private string Real(string resolved) => resolved.Length == 0 && _root.Length == 0 ? "/" : _root + resolved;

    private SourceStatus ReadFile(string path, out byte[] content)
    {
        content = [];
        if (ResolveParent(path, out string name) is not string folder)
        {
            return SourceStatus.Missing;
        }

        string resolved = folder + "/" + name;
        if (LinkTarget(resolved) is string target)
        {
            int links = 1;
            if (Walk(folder, target, ref links) is not string end)
            {
                return SourceStatus.Missing;
            }

            resolved = end;
        }

        string real = Real(resolved);
        if (!File.Exists(real))
        {
            // What is there and is no file (a folder) cannot be read as one.
            return Path.Exists(real) ? SourceStatus.Failed : SourceStatus.Missing;
        }

        try
        {
            using SafeFileHandle handle = File.OpenHandle(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ReadAll(handle, out content);
        }
        catch (UnauthorizedAccessException)
        {
            return SourceStatus.Denied;
        }
        catch (FileNotFoundException)
        {
            return SourceStatus.Missing;
        }
        catch (IOException)
        {
            return SourceStatus.Failed;
        }
    }

    // The length that stat tells is not used: sysfs says 4096 and procfs 0 for files of any length, and a tree may be such a mount.
    private SourceStatus ReadAll(SafeFileHandle handle, out byte[] content)
    {
        content = [];
        byte[] buffer = _buffer;
        int length = 0;
        while (true)
        {
            int read = RandomAccess.Read(handle, buffer.AsSpan(length), length);
            length += read;
            if (read == 0)
            {
                content = buffer.AsSpan(0, length).ToArray();
                return SourceStatus.Ok;
            }

            if (length > MaxFileLength)
            {
                return SourceStatus.Failed;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 4);
            }
        }
    }

    // The link-free path, within the tree, of the folder that holds path's last name; null where it is not there.
    private string? ResolveParent(string path, out string name)
    {
        int end = path.Length;
        while (end > 0 && path[end - 1] == '/')
        {
            end--;
        }

        int slash = path.LastIndexOf('/', Math.Max(end - 1, 0));
        name = end == 0 ? "" : path[(slash + 1)..end];
        if (name is "." or "..")
        {
            string? folder = ResolveFolder(path[..end]);
            name = "";
            return folder;
        }

        return end == 0 ? "" : ResolveFolder(slash <= 0 ? "" : path[..slash]);
    }

    private string? ResolveFolder(string path)
    {
        if (!_folders.TryGetValue(path, out string? resolved))
        {
            int links = 0;
            resolved = ResolveFolder(path, ref links);
        }

        return resolved;
    }

    private string? ResolveFolder(string path, ref int links)
    {
        if (_folders.TryGetValue(path, out string? known))
        {
            return known;
        }

        int slash = path.LastIndexOf('/');
        string? parent = slash <= 0 ? "" : ResolveFolder(path[..slash], ref links);
        string? resolved = parent is null ? null : Walk(parent, path[(slash + 1)..], ref links);
        if (resolved is not null && resolved.Length > 0 && !Directory.Exists(Real(resolved)))
        {
            resolved = null;
        }

        _folders[path] = resolved;
        return resolved;
    }

    // Follows rest from a link-free folder, one name after the other; null where something on the way is missing or the links have no end.
    private string? Walk(string folder, string rest, ref int links)
    {
        string current = rest.StartsWith('/') ? "" : folder;
        foreach (Range part in rest.AsSpan().Split('/'))
        {
            ReadOnlySpan<char> name = rest.AsSpan()[part];
            if (name.IsEmpty || name is ".")
            {
                continue;
            }

            if (name is "..")
            {
                current = current.Length == 0 ? "" : current[..current.LastIndexOf('/')];
                continue;
            }

            string next = string.Concat(current, "/", name);
            if (LinkTarget(next) is string target)
            {
                if (++links > MaxLinks || Walk(current, target, ref links) is not string end)
                {
                    return null;
                }

                current = end;
            }
            else
            {
                current = next;
            }
        }

        return current;
    }

    private string? LinkTarget(string resolved)
    {
        try
        {
            return new FileInfo(Real(resolved)).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
