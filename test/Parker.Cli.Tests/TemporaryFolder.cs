namespace Parker.Cli.Tests;

/// <summary>A folder of the test's own, deleted after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("parker-cli-").FullName;

    /// <summary>A path in the folder.</summary>
    public string this[string name] => Path.Combine(_path, name);

    /// <summary>Writes a file, and the folders above it.</summary>
    public string Write(string name, string content)
    {
        string path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>The names of what lies directly in the folder, sorted.</summary>
    public IEnumerable<string?> Names => Directory.EnumerateFileSystemEntries(_path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
