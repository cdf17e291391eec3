using System.Text;
using Parker.Machine.Topology;

namespace Parker.Machine.Tests.Topology;

/// <summary>A machine made of values in a test: files, links, folders, paths that may not be read, MSRs, kernel log, time stamp counter.</summary>
/// <remarks>
/// Symbolic links are followed within a path, as a kernel does, at most 40 of them. Folders come into being with what lies in them.
/// </remarks>
internal sealed class InMemoryMachineSource : IMachineSource
{
    private const int MaxLinks = 40;

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _folders = new(StringComparer.Ordinal) { ["/"] = new(StringComparer.Ordinal) };
    private readonly Dictionary<string, SourceStatus> _refused = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Cpu, uint Register), (SourceStatus Status, ulong Value)> _msrs = [];

    /// <summary>The kernel log; null where it may not be read.</summary>
    public IReadOnlyList<string>? KernelLog { get; set; } = [];

    /// <summary>The time stamp counter; null where it cannot be read.</summary>
    public TscReading? Tsc { get; set; }

    /// <summary>How often each path was read or listed, by the path that the reader named.</summary>
    public Dictionary<string, int> Reads { get; } = new(StringComparer.Ordinal);

    /// <summary>A file with text; a line end is not added.</summary>
    public InMemoryMachineSource File(string path, string text) => File(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A file with bytes.</summary>
    public InMemoryMachineSource File(string path, byte[] content)
    {
        _files[path] = content;
        return Enter(path);
    }

    /// <summary>An empty folder, or one that more is put in.</summary>
    public InMemoryMachineSource Folder(string path)
    {
        _folders.TryAdd(path, new(StringComparer.Ordinal));
        return Enter(path);
    }

    /// <summary>A symbolic link; <paramref name="target"/> may be relative to the link's folder.</summary>
    public InMemoryMachineSource Link(string path, string target)
    {
        _links[path] = target;
        return Enter(path);
    }

    /// <summary>A path that exists and answers with <paramref name="status"/> to every reading.</summary>
    public InMemoryMachineSource Refuse(string path, SourceStatus status = SourceStatus.Denied)
    {
        _refused[path] = status;
        return Enter(path);
    }

    /// <summary>Takes a file, link or refusal away again.</summary>
    public InMemoryMachineSource Remove(string path)
    {
        _files.Remove(path);
        _links.Remove(path);
        _refused.Remove(path);
        int slash = path.LastIndexOf('/');
        _folders[slash == 0 ? "/" : path[..slash]].Remove(path[(slash + 1)..]);
        return this;
    }

    /// <summary>A model-specific register.</summary>
    public InMemoryMachineSource Msr(int cpu, uint register, ulong value, SourceStatus status = SourceStatus.Ok)
    {
        _msrs[(cpu, register)] = (status, value);
        return this;
    }

    public SourceStatus TryRead(string path, out byte[] content)
    {
        Reads[path] = Reads.GetValueOrDefault(path) + 1;
        content = [];
        if (Resolve(path, followLast: true) is not string place)
        {
            return SourceStatus.Missing;
        }

        if (_refused.TryGetValue(place, out SourceStatus refused))
        {
            return refused;
        }

        if (_files.TryGetValue(place, out byte[]? found))
        {
            content = [.. found];
            return SourceStatus.Ok;
        }

        return _folders.ContainsKey(place) ? SourceStatus.Failed : SourceStatus.Missing;
    }

    public SourceStatus TryList(string path, out IReadOnlyList<string> names)
    {
        Reads[path] = Reads.GetValueOrDefault(path) + 1;
        names = [];
        if (Resolve(path, followLast: true) is not string place)
        {
            return SourceStatus.Missing;
        }

        if (_refused.TryGetValue(place, out SourceStatus refused))
        {
            return refused;
        }

        if (!_folders.TryGetValue(place, out SortedSet<string>? entries))
        {
            return _files.ContainsKey(place) ? SourceStatus.Failed : SourceStatus.Missing;
        }

        names = [.. entries];
        return SourceStatus.Ok;
    }

    public SourceStatus TryReadLink(string path, out string target)
    {
        target = "";
        if (Resolve(path, followLast: false) is not string place)
        {
            return SourceStatus.Missing;
        }

        if (_refused.TryGetValue(place, out SourceStatus refused))
        {
            return refused;
        }

        if (_links.TryGetValue(place, out string? found))
        {
            target = found;
            return SourceStatus.Ok;
        }

        return _files.ContainsKey(place) || _folders.ContainsKey(place) ? SourceStatus.Failed : SourceStatus.Missing;
    }

    public bool Exists(string path) =>
        Resolve(path, followLast: true) is string place && (_files.ContainsKey(place) || _folders.ContainsKey(place) || _refused.ContainsKey(place));

    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value)
    {
        bool found = _msrs.TryGetValue((cpu, register), out (SourceStatus Status, ulong Value) msr);
        value = found && msr.Status == SourceStatus.Ok ? msr.Value : 0;
        return found ? msr.Status : SourceStatus.Missing;
    }

    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines)
    {
        lines = KernelLog ?? [];
        return KernelLog is null ? SourceStatus.Denied : SourceStatus.Ok;
    }

    public SourceStatus TryReadTsc(out TscReading frequency)
    {
        frequency = Tsc ?? default;
        return Tsc is null ? SourceStatus.Missing : SourceStatus.Ok;
    }

    private InMemoryMachineSource Enter(string path)
    {
        while (path.Length > 1)
        {
            int slash = path.LastIndexOf('/');
            string parent = slash == 0 ? "/" : path[..slash];
            if (!_folders.TryGetValue(parent, out SortedSet<string>? entries))
            {
                _folders[parent] = entries = new(StringComparer.Ordinal);
            }

            entries.Add(path[(slash + 1)..]);
            path = parent;
        }

        return this;
    }

    // The path without links and dots; null where it leads nowhere or round in circles.
    private string? Resolve(string path, bool followLast)
    {
        Stack<string> todo = new(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        List<string> done = [];
        int links = 0;
        while (todo.TryPop(out string? name))
        {
            if (name == ".")
            {
                continue;
            }

            if (name == "..")
            {
                if (done.Count > 0)
                {
                    done.RemoveAt(done.Count - 1);
                }

                continue;
            }

            string place = "/" + string.Join('/', done.Append(name));
            if (!_links.TryGetValue(place, out string? target) || (todo.Count == 0 && !followLast))
            {
                done.Add(name);
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            if (target.StartsWith('/'))
            {
                done.Clear();
            }

            foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                todo.Push(part);
            }
        }

        return "/" + string.Join('/', done);
    }
}
