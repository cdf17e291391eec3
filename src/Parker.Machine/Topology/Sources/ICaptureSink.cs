namespace Parker.Machine.Topology.Sources;

/// <summary>Takes the entries of a captured tree: a writer of an archive, or of a folder.</summary>
/// <remarks>Each entry comes once, a folder before what is in it, and the same answers always in the same order.</remarks>
public interface ICaptureSink
{
    /// <summary>Takes one entry.</summary>
    /// <param name="path">Relative to the tree's root, with <c>/</c> between names and none at either end, such as <c>proc/cpuinfo</c>.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="content">The bytes of a file; the target of a symbolic link as UTF-8; empty for a folder.</param>
    void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content);
}
