using System.Reflection;

namespace Parker.Lab;

/// <summary>Where the lab finds and keeps things.</summary>
public static class LabFolders
{
    /// <summary>The top of the source tree.</summary>
    public static string Tree { get; } = typeof(LabFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "ParkerRoot").Value!;

    /// <summary>Build results.</summary>
    public static string Artifacts { get; } = Path.Combine(Tree, "artifacts");

    /// <summary>Consoles and logs of servers that are worth a look.</summary>
    public static string Evidence { get; } = Path.Combine(Artifacts, "lab");

    /// <summary>Downloads: <c>PARKER_CACHE</c>, else a folder of the user's cache.</summary>
    public static string Cache { get; } = Environment.GetEnvironmentVariable("PARKER_CACHE") is { Length: > 0 } given
        ? given
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "parker");
}
