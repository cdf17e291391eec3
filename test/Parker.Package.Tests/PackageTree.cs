using System.Text.RegularExpressions;

namespace Parker.Package.Tests;

/// <summary>The files that are made, in a folder of the test's own that is deleted after it.</summary>
internal sealed partial class PackageTree : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parker-package-").FullName;

    public PackageTree(DateOnly date)
    {
        foreach ((string path, string text) in PackageFiles.All(date))
        {
            Write(path, text);
        }
    }

    /// <summary>The manual pages.</summary>
    public string[] Pages => Directory.GetFiles(At("usr/share/man"), "*", SearchOption.AllDirectories);

    /// <summary>The path of a file of the tree.</summary>
    public string At(string path) => Path.Combine(_folder, path);

    /// <summary>Writes one more.</summary>
    public string Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return At(path);
    }

    /// <summary>A page as a reader sees it.</summary>
    public string Rendered(string page) => Render(At("usr/share/man/" + page));

    /// <summary>A page as a reader sees it, in one line, so that it does not matter where lines end.</summary>
    public static string Render(string file)
    {
        ProcessRun run = ProcessRun.Of("mandoc", ["-T", "ascii", "-O", "width=1000", file]);
        Assert.Equal(0, run.ExitCode);
        return Blanks().Replace(Overstrike().Replace(run.Output, ""), " ");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Bold and underlined letters are letters that stand over others.
    [GeneratedRegex(".\b")]
    private static partial Regex Overstrike();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
