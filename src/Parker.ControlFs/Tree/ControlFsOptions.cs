namespace Parker.ControlFs.Tree;

/// <summary>How the control file system is mounted.</summary>
public sealed record ControlFsOptions
{
    /// <summary>Where it is mounted.</summary>
    public string Path { get; init; } = "/run/parker/fs";

    /// <summary>The group whose members may read and write beside root, which makes them as good as root; null for root alone.</summary>
    public uint? GroupId { get; init; }

    /// <summary>Gives the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes a sentence for each command that was refused or failed.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
