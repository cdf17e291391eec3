using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>The answer to STATFS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_kstatfs
{
    public ulong blocks;
    public ulong bfree;
    public ulong bavail;
    public ulong files;
    public ulong ffree;
    public uint bsize;
    public uint namelen;
    public uint frsize;
    public uint padding;
    public fuse_kstatfs_spare spare;
}
