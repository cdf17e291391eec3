namespace Parker.ControlFs.Tree;

/// <summary>One open file.</summary>
/// <param name="node">Which file.</param>
/// <param name="folder">Its folder; null in the root.</param>
/// <param name="kind">What it is.</param>
internal sealed class OpenFile(NodeId node, PartitionFolder? folder, ControlFileKind kind)
{
    /// <summary>Which file.</summary>
    public NodeId Node { get; } = node;

    /// <summary>Its folder; null in the root. Kept even when it was taken away.</summary>
    public PartitionFolder? Folder { get; } = folder;

    /// <summary>What it is.</summary>
    public ControlFileKind Kind { get; } = kind;

    /// <summary>What it read as when it was read from its start last, so that a reader in small pieces sees one value.</summary>
    public ReadOnlyMemory<byte>? Content { get; set; }

    /// <summary>The kernel's log where it is that which was opened.</summary>
    public LogFollower? Log { get; init; }

    /// <summary>Where, in all that the file ever held, offset 0 of this reader is.</summary>
    public long Start { get; set; }

    /// <summary>How far it was read, in all that the file ever held.</summary>
    public long ReadTo { get; set; }

    /// <summary>The folder's version as this file counts it; 0 in the root.</summary>
    public long FolderVersion => Folder is null ? 0 : Kind.IsGrowing ? Folder.Version : Folder.StateVersion;

    /// <summary>The version that was read.</summary>
    public long Version { get; set; }

    /// <summary>What was written and taken, from the start of the file on: bash writes each line of a text for itself.</summary>
    public string Written { get; set; } = "";

    /// <summary>What the kernel calls it in poll notifications; null where nobody waits.</summary>
    public ulong? PollHandle { get; set; }
}
