namespace Parker.Architecture.Tests;

/// <summary>A tree of source files by path relative to its root, with <c>/</c>; the text is read when it is asked for.</summary>
public sealed class SourceTree
{
    // Build output, the object store of the version control, and folders of editors are not sources.
    private static readonly string[] NotSources = [".git", "artifacts", "bin", "obj", ".vs", ".vscode", ".idea", "TestResults"];

    private readonly SortedDictionary<string, Func<string>> _files = new(StringComparer.Ordinal);

    public IEnumerable<string> Paths => _files.Keys;

    public IReadOnlyList<ProjectFile> Projects =>
        [.. _files.Keys.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).Select(path => ProjectFile.Parse(path, Read(path)))];

    public static SourceTree OfRepository()
    {
        string root = typeof(SourceTree).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ParkerRoot").Value!;
        SourceTree tree = new();
        tree.AddFolder(root, root);
        return tree;
    }

    public static SourceTree Of(params (string Path, string Text)[] files)
    {
        SourceTree tree = new();
        foreach ((string path, string text) in files)
        {
            tree._files[path] = () => text;
        }

        return tree;
    }

    public bool Has(string path) => _files.ContainsKey(path);

    public string Read(string path) => _files[path]();

    private void AddFolder(string root, string folder)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null || NotSources.Contains(entry.Name))
            {
                continue;
            }

            if (entry is DirectoryInfo)
            {
                AddFolder(root, entry.FullName);
            }
            else
            {
                string path = entry.FullName;
                _files[Path.GetRelativePath(root, path)] = () => File.ReadAllText(path);
            }
        }
    }
}
