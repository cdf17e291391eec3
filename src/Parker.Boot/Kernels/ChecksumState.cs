namespace Parker.Boot.Kernels;

/// <summary>What the checksum at the end of an image tells.</summary>
public enum ChecksumState
{
    /// <summary>It matches: the image is as it was built.</summary>
    Matches,

    /// <summary>It does not match, and the release should have one or is not known: the image is damaged.</summary>
    Differs,

    /// <summary>The release has none (Linux 6.15 and later): damage would not be noticed.</summary>
    Absent,

    /// <summary>Not compared: the image is refused for other reasons.</summary>
    NotCompared,
}
