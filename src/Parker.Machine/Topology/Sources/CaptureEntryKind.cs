namespace Parker.Machine.Topology.Sources;

/// <summary>The kind of an entry of a captured tree.</summary>
public enum CaptureEntryKind
{
    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A symbolic link.</summary>
    Link,
}
