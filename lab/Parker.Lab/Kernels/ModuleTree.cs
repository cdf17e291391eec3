using Parker.Lab.Processes;

namespace Parker.Lab.Kernels;

/// <summary>The modules of one kernel, found by name, with what they depend on, in the order in which they can be loaded.</summary>
/// <remarks>A package has no modules.dep (depmod makes that where it is installed): each module says itself what it needs.</remarks>
public sealed class ModuleTree
{
    private static readonly TimeSpan UnpackPatience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly Lazy<Dictionary<string, string>> _paths;
    private readonly Lazy<HashSet<string>> _builtIn;

    internal ModuleTree(string folder)
    {
        _folder = folder;
        _paths = new Lazy<Dictionary<string, string>>(FindAll);
        _builtIn = new Lazy<HashSet<string>>(() => [.. File.ReadLines(Path.Combine(_folder, "modules.builtin")).Select(NameOf)]);
    }

    /// <summary>The modules of those names with all they need, each after what it needs. What is built in or unknown to this kernel is left out.</summary>
    /// <param name="names">Such as <c>virtio_blk</c>; <c>-</c> and <c>_</c> are the same.</param>
    /// <exception cref="LabException">A module needs one that is not there.</exception>
    public IReadOnlyList<KernelModule> WithDependencies(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        List<KernelModule> ordered = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names.Select(Normalize).Where(_paths.Value.ContainsKey))
        {
            Add(name, ordered, seen);
        }

        return ordered;
    }

    private static string Normalize(string name) => name.Replace('-', '_');

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(path);
        return Normalize(name[..name.IndexOf(".ko", StringComparison.Ordinal)]);
    }

    private void Add(string name, List<KernelModule> ordered, HashSet<string> seen)
    {
        if (!seen.Add(name) || _builtIn.Value.Contains(name))
        {
            return;
        }

        string path = _paths.Value.GetValueOrDefault(name) ?? throw new LabException($"The module {name} is missing below {_folder}, although another one needs it.");
        byte[] content = Read(path);
        ModuleInformation information = ModuleInformation.Read(content, path);
        foreach (string needed in information.Depends)
        {
            Add(Normalize(needed), ordered, seen);
        }

        string installed = path.EndsWith(".xz", StringComparison.Ordinal) ? path[..^3] : path;
        ordered.Add(new KernelModule(name, Path.GetRelativePath(_folder, installed), content, information));
    }

    // Unpacked modules are kept beside: xz takes longer than all else together.
    private static byte[] Read(string path)
    {
        if (!path.EndsWith(".xz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        string plain = path + ".unpacked";
        if (File.Exists(plain))
        {
            return File.ReadAllBytes(plain);
        }

        byte[] content = Tool.Run("xz", ["-dc", path], UnpackPatience);
        string partial = plain + "." + Environment.ProcessId;
        File.WriteAllBytes(partial, content);
        File.Move(partial, plain, overwrite: true);
        return content;
    }

    private Dictionary<string, string> FindAll()
    {
        Dictionary<string, string> paths = new(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(_folder, "*.ko*", SearchOption.AllDirectories))
        {
            if (path.EndsWith(".ko", StringComparison.Ordinal) || path.EndsWith(".ko.xz", StringComparison.Ordinal))
            {
                paths.TryAdd(NameOf(path), path);
            }
        }

        return paths;
    }
}
