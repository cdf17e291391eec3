using System.Xml.Linq;

namespace Parker.Architecture.Tests;

/// <summary>What the rules ask of one project file.</summary>
/// <param name="Path">Relative to the tree's root, with <c>/</c>.</param>
/// <param name="References">The projects it references directly, by path relative to the tree's root.</param>
/// <param name="AllowsUnsafe">Whether it switches <c>unsafe</c> on.</param>
/// <param name="IsLabTest">Whether it says that it boots emulated servers.</param>
public sealed record ProjectFile(string Path, IReadOnlyList<string> References, bool AllowsUnsafe, bool IsLabTest)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary>The first name of the path: <c>src</c>, <c>test</c>, <c>lab</c>, <c>bench</c>, <c>fuzz</c>.</summary>
    public string Area => Path.Split('/')[0];

    /// <summary>Whether it is a project of tests, not one that tests use.</summary>
    public bool IsTest => Area == "test" && Name.EndsWith("Tests", StringComparison.Ordinal);

    /// <summary>Whether it is a project that tests use.</summary>
    public bool IsTestSupport => Area == "test" && !IsTest;

    public static ProjectFile Parse(string path, string text)
    {
        XDocument document = XDocument.Parse(text);
        string folder = System.IO.Path.GetDirectoryName(path)!;
        return new ProjectFile(
            path,
            [.. document.Descendants("ProjectReference").Select(reference => Normalize(folder + "/" + reference.Attribute("Include")?.Value.Replace('\\', '/')))],
            document.Descendants("AllowUnsafeBlocks").Any(element => string.Equals(element.Value.Trim(), "true", StringComparison.OrdinalIgnoreCase)),
            document.Descendants("LabTests").Any(element => string.Equals(element.Value.Trim(), "true", StringComparison.OrdinalIgnoreCase)));
    }

    private static string Normalize(string path)
    {
        List<string> names = [];
        foreach (string name in path.Split('/'))
        {
            if (name == ".." && names.Count > 0 && names[^1] != "..")
            {
                names.RemoveAt(names.Count - 1);
            }
            else if (name is not ("." or ""))
            {
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }
}
