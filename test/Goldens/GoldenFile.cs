using System.Reflection;

namespace Parker.Goldens;

/// <summary>Expected text in a file of the tree. With PARKER_UPDATE_GOLDEN=1 the file is written anew instead, to be read in the difference before it is committed.</summary>
internal static class GoldenFile
{
    /// <summary>The root of the tree.</summary>
    public static string Root { get; } = typeof(GoldenFile).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "ParkerRoot").Value!;

    /// <summary>Compares <paramref name="actual"/> with the file.</summary>
    /// <param name="path">From the root of the tree.</param>
    /// <param name="actual">The text, with or without a last line feed.</param>
    public static void AssertEqual(string path, string actual)
    {
        string file = Path.Combine(Root, path);
        string text = actual.TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("PARKER_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing. PARKER_UPDATE_GOLDEN=1 writes it.");
        Assert.Equal(File.ReadAllText(file), text);
    }
}
