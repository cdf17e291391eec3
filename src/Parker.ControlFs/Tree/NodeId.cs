using Parker.ControlFs.Protocol;

namespace Parker.ControlFs.Tree;

/// <summary>A node's number: the folder's serial number, 0 for the root, and which file in it. A serial number is never used twice.</summary>
internal readonly record struct NodeId(ulong Value)
{
    private const int FileBits = 16;

    /// <summary>The node of a file in a folder.</summary>
    public NodeId(ulong folder, ControlFile file)
        : this((folder << FileBits) | (uint)file)
    {
    }

    /// <summary>The root, whose number the protocol fixes.</summary>
    public static NodeId Root => new(FuseConstants.RootId);

    /// <summary>The folder's serial number.</summary>
    public ulong Folder => Value >> FileBits;

    /// <summary>Which file.</summary>
    public ControlFile File => (ControlFile)(Value & ((1 << FileBits) - 1));

    /// <summary>Whether it is in the root, or the root itself.</summary>
    public bool IsOfRoot => Folder == 0;

    /// <summary>Whether it is a link in <c>devices</c>.</summary>
    public bool IsDevice => File >= ControlFile.FirstDevice;
}
