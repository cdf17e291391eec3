using System.Text;

namespace Parker.Machine.Topology.Sources;

/// <summary>A machine captured as a tree in memory, in the layout of <see cref="CaptureLayout"/>: an unpacked archive, or a machine made up for a test.</summary>
/// <remarks>
/// It follows the rules of <see cref="DirectoryMachineSource"/>: an absolute link target counts from the tree's root, <c>..</c> ends there, and after 40 links the
/// path counts as missing. Entries may be added in any order before the first question. Not safe for use by several threads at once.
/// </remarks>
public sealed class TreeMachineSource : IMachineSource, ICaptureSink
{
    private const int MaxLinks = 40;

    private readonly Node _root = new(CaptureEntryKind.Folder, []);
    private CaptureFacts? _facts;

    private CaptureFacts Facts => _facts ??= new CaptureFacts(ReadFile);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><see cref="TryAdd"/> would be false.</exception>
    public void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content)
    {
        if (!TryAdd(path, kind, content))
        {
            throw new ArgumentException($"The entry '{path}' cannot be added: its path is not relative and plain, or another entry is in its way.", nameof(path));
        }
    }

    /// <summary>Adds an entry, and the folders above it where they are not there.</summary>
    /// <param name="path">Relative to the tree's root, with <c>/</c> between names and none at either end; no name is empty, <c>.</c> or <c>..</c>.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">The bytes of a file; the target of a symbolic link as UTF-8; empty for a folder.</param>
    /// <returns>False where the path is no such path, the entry is there already (a folder may come twice), or a file or link stands where a folder is needed.</returns>
    public bool TryAdd(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] names = path.Split('/');
        if (Array.Exists(names, name => name is "" or "." or ".." || name.Contains('\0', StringComparison.Ordinal)))
        {
            return false;
        }

        Node folder = _root;
        foreach (string name in names.AsSpan(0, names.Length - 1))
        {
            if (!folder.Children.TryGetValue(name, out Node? next))
            {
                next = new Node(CaptureEntryKind.Folder, []);
                folder.Children.Add(name, next);
            }

            if (next.Kind != CaptureEntryKind.Folder)
            {
                return false;
            }

            folder = next;
        }

        _facts = null;
        return folder.Children.TryAdd(names[^1], new Node(kind, content.ToArray()))
            || (kind == CaptureEntryKind.Folder && folder.Children[names[^1]].Kind == CaptureEntryKind.Folder);
    }

    /// <summary>Gives every entry to <paramref name="sink"/>, in the order of their names.</summary>
    public void WriteTo(ICaptureSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Write(_root, "", sink);
    }

    /// <inheritdoc/>
    public SourceStatus TryRead(string path, out byte[] content)
    {
        ArgumentNullException.ThrowIfNull(path);
        content = [];
        SourceStatus told = Facts.StatusOf(path);
        return told == SourceStatus.Ok ? ReadFile(path, out content) : told;
    }

    /// <inheritdoc/>
    public SourceStatus TryList(string path, out IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(path);
        names = [];
        SourceStatus told = Facts.StatusOf(path);
        if (told != SourceStatus.Ok)
        {
            return told;
        }

        Node? folder = Find(path, followLast: true);
        if (folder is not { Kind: CaptureEntryKind.Folder })
        {
            return folder is null ? SourceStatus.Missing : SourceStatus.Failed;
        }

        names = [.. folder.Children.Keys.Where(name => folder != _root || name != CaptureLayout.FactsFolder).Order(StringComparer.Ordinal)];
        return SourceStatus.Ok;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadLink(string path, out string target)
    {
        ArgumentNullException.ThrowIfNull(path);
        target = "";
        SourceStatus told = Facts.StatusOf(path);
        if (told != SourceStatus.Ok)
        {
            return told;
        }

        if (Find(path, followLast: false) is not { Kind: CaptureEntryKind.Link } link)
        {
            return SourceStatus.Missing;
        }

        target = link.Target;
        return SourceStatus.Ok;
    }

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Facts.StatusOf(path) != SourceStatus.Ok || Find(path, followLast: false) is not null;
    }

    /// <inheritdoc/>
    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value) => Facts.TryReadMsr(cpu, register, out value);

    /// <inheritdoc/>
    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines) => Facts.TryReadKernelLog(out lines);

    /// <inheritdoc/>
    public SourceStatus TryReadTsc(out TscReading frequency) => Facts.TryReadTsc(out frequency);

    private static void Write(Node folder, string path, ICaptureSink sink)
    {
        foreach ((string name, Node node) in folder.Children.OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            sink.Add(path + name, node.Kind, node.Content);
            if (node.Kind == CaptureEntryKind.Folder)
            {
                Write(node, path + name + "/", sink);
            }
        }
    }

    private SourceStatus ReadFile(string path, out byte[] content)
    {
        Node? node = Find(path, followLast: true);
        content = node is { Kind: CaptureEntryKind.File } ? node.Content : [];

        // What is there and is no file (a folder) cannot be read as one.
        return node is null ? SourceStatus.Missing : node.Kind == CaptureEntryKind.File ? SourceStatus.Ok : SourceStatus.Failed;
    }

    private Node? Find(string path, bool followLast)
    {
        int links = 0;
        List<Node> way = [_root];
        return Walk(way, path, followLast, ref links) ? way[^1] : null;
    }

    // The way from the root to where the walk stands, so that ".." can go back; false where something is missing or the links have no end.
    private static bool Walk(List<Node> way, string path, bool followLast, ref int links)
    {
        if (path.StartsWith('/'))
        {
            way.RemoveRange(1, way.Count - 1);
        }

        ReadOnlySpan<char> rest = path.AsSpan().Trim('/');
        while (!rest.IsEmpty)
        {
            int slash = rest.IndexOf('/');
            ReadOnlySpan<char> name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (name is "..")
            {
                way.RemoveRange(Math.Max(way.Count - 1, 1), way.Count - Math.Max(way.Count - 1, 1));
            }
            else if (!name.IsEmpty && name is not ".")
            {
                if (!way[^1].Children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out Node? next))
                {
                    return false;
                }

                if (next.Kind == CaptureEntryKind.Link && (followLast || !rest.IsEmpty))
                {
                    if (++links > MaxLinks || !Walk(way, next.Target, followLast: true, ref links))
                    {
                        return false;
                    }
                }
                else
                {
                    way.Add(next);
                }
            }
        }

        return true;
    }

    private sealed class Node(CaptureEntryKind kind, byte[] content)
    {
        // Shared by all files and links, which have nothing below them.
        private static readonly Dictionary<string, Node> None = new(StringComparer.Ordinal);

        private string? _target;

        public CaptureEntryKind Kind => kind;

        public byte[] Content => content;

        public Dictionary<string, Node> Children { get; } = kind == CaptureEntryKind.Folder ? new(StringComparer.Ordinal) : None;

        public string Target => _target ??= Encoding.UTF8.GetString(content);
    }
}
