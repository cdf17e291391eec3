using System.Text;

namespace Parker.Machine.Topology.Sources;

/// <summary>Puts recorded answers, whose paths may lead through links, into one tree without contradictions.</summary>
internal sealed class CaptureTree
{
    private const int MaxLinks = 40;

    private readonly Dictionary<string, string> _links;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (CaptureEntryKind Kind, byte[] Content)> _entries = new(StringComparer.Ordinal);

    /// <param name="links">The links' targets by the paths they were asked under.</param>
    public CaptureTree(IReadOnlyDictionary<string, string> links)
    {
        // A link may have been asked under a path that leads through another link: each round finds the places of those one level deeper.
        _links = new Dictionary<string, string>(links, StringComparer.Ordinal);
        bool changed = true;
        for (int round = 0; round < MaxLinks && changed; round++)
        {
            changed = false;
            foreach ((string path, string target) in links)
            {
                changed |= Resolve(path, followLast: false) is string place && _links.TryAdd(place, target);
            }
        }
    }

    public void AddLink(string path, string target) => Add(Resolve(path, followLast: false), CaptureEntryKind.Link, Encoding.UTF8.GetBytes(target));

    public void AddFile(string path, byte[] content) => Add(Resolve(path, followLast: true), CaptureEntryKind.File, content);

    public void AddFolder(string path) => Add(Resolve(path, followLast: true), CaptureEntryKind.Folder, []);

    /// <summary>An empty file where nothing is known but that something is there; false where more is known.</summary>
    public bool AddPlaceholder(string path) =>
        Resolve(path, followLast: false) is string place && !_folders.Contains(place) && Add(place, CaptureEntryKind.File, []);

    public void WriteTo(ICaptureSink sink)
    {
        HashSet<string> written = new(StringComparer.Ordinal);
        foreach ((string path, (CaptureEntryKind kind, byte[] content)) in _entries)
        {
            for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                if (written.Add(path[..slash]))
                {
                    sink.Add(path[1..slash], CaptureEntryKind.Folder, []);
                }
            }

            // Answers given at different moments can disagree; what has something below it is a folder.
            if (written.Add(path))
            {
                bool folder = _folders.Contains(path);
                sink.Add(path[1..], folder ? CaptureEntryKind.Folder : kind, folder ? [] : content);
            }
        }
    }

    private bool Add(string? path, CaptureEntryKind kind, byte[] content)
    {
        if (path is null || path.Length < 2 || !_entries.TryAdd(path, (kind, content)))
        {
            return false;
        }

        for (int slash = path.LastIndexOf('/'); slash > 0 && _folders.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
        {
        }

        return true;
    }

    private string? Resolve(string path, bool followLast)
    {
        int links = 0;
        return Walk("", path, followLast, ref links);
    }

    private string? Walk(string folder, string rest, bool followLast, ref int links)
    {
        string current = rest.StartsWith('/') ? "" : folder;
        string[] names = rest.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == ".")
            {
                continue;
            }

            if (names[i] == "..")
            {
                current = current.Length == 0 ? "" : current[..current.LastIndexOf('/')];
                continue;
            }

            string next = current + "/" + names[i];
            if ((followLast || i < names.Length - 1) && _links.TryGetValue(next, out string? target))
            {
                if (++links > MaxLinks || Walk(current, target, followLast: true, ref links) is not string end)
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
}
