using Parker.Daemon.State;

namespace Parker.Daemon.ControlFiles;

/// <summary>Where the control file system is, and for whom.</summary>
/// <param name="Path">The folder that it is mounted on.</param>
/// <param name="Group">The group whose members may read and write beside root; null for root alone.</param>
public sealed record ControlFilePlace(string Path, string? Group)
{
    /// <summary>Where it is unless asked otherwise.</summary>
    public static string DefaultPath => System.IO.Path.Combine(StateFolder.DefaultPath, "fs");
}
