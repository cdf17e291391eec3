using System.Text;
using Parker.Machine.Topology;

namespace Parker.Machine.Tests.Topology;

/// <summary>A machine made of the files that a test gives it. Links are followed in every place but the last name of a path.</summary>
public sealed class InMemoryMachine : IMachineSource
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceStatus> _refused = new(StringComparer.Ordinal);

    public Dictionary<(int Cpu, uint Register), ulong> Registers { get; } = [];

    public List<string>? KernelLog { get; set; }

    public TscReading? Tsc { get; set; }

    public IEnumerable<string> FilePaths => _files.Keys;

    public InMemoryMachine File(string path, string text) => File(path, Encoding.UTF8.GetBytes(text));

    public InMemoryMachine File(string path, byte[] content)
    {
        _files[path] = content;
        AddName(path);
        return this;
    }

    public InMemoryMachine Link(string path, string target)
    {
        _links[path] = target;
        AddName(path);
        return this;
    }

    public InMemoryMachine Refuse(string path, SourceStatus status)
    {
        _refused[path] = status;
        AddName(path);
        return this;
    }

    public SourceStatus TryRead(string path, out byte[] content)
    {
        content = [];
        if (_refused.TryGetValue(path, out SourceStatus refused))
        {
            return refused;
        }

        string place = Resolve(path, followLast: true);
        if (_files.TryGetValue(place, out byte[]? found))
        {
            content = found;
            return SourceStatus.Ok;
        }

        return _names.Contains(place) ? SourceStatus.Failed : SourceStatus.Missing;
    }

    public SourceStatus TryList(string path, out IReadOnlyList<string> names)
    {
        names = [];
        if (_refused.TryGetValue(path, out SourceStatus refused))
        {
            return refused;
        }

        string folder = Resolve(path, followLast: true) + "/";
        names = [.. _names.Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.IndexOf('/', folder.Length) < 0).Select(name => name[folder.Length..])];
        return names.Count > 0 ? SourceStatus.Ok : SourceStatus.Missing;
    }

    public SourceStatus TryReadLink(string path, out string target)
    {
        bool found = _links.TryGetValue(Resolve(path, followLast: false), out string? text);
        target = text ?? "";
        return found ? SourceStatus.Ok : SourceStatus.Missing;
    }

    public bool Exists(string path) => _names.Contains(Resolve(path, followLast: false));

    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value) =>
        Registers.TryGetValue((cpu, register), out value) ? SourceStatus.Ok : SourceStatus.Missing;

    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines)
    {
        lines = KernelLog ?? [];
        return KernelLog is null ? SourceStatus.Missing : SourceStatus.Ok;
    }

    public SourceStatus TryReadTsc(out TscReading frequency)
    {
        frequency = Tsc ?? default;
        return Tsc is null ? SourceStatus.Missing : SourceStatus.Ok;
    }

    private void AddName(string path)
    {
        for (string name = path; name.Length > 0 && _names.Add(name); name = name[..name.LastIndexOf('/')])
        {
        }
    }

    private string Resolve(string path, bool followLast)
    {
        string current = "";
        Stack<string> rest = new(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out string? name))
        {
            string next = name == ".." ? current[..Math.Max(current.LastIndexOf('/'), 0)] : current + "/" + name;
            if (name != ".." && (followLast || rest.Count > 0) && _links.TryGetValue(next, out string? target))
            {
                foreach (string part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    rest.Push(part);
                }

                current = target.StartsWith('/') ? "" : current;
            }
            else
            {
                current = next;
            }
        }

        return current;
    }
}
