using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>What stat(2) shows of a node.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_attr
{
    public ulong ino;
    public ulong size;
    public ulong blocks;
    public ulong atime;
    public ulong mtime;
    public ulong ctime;
    public uint atimensec;
    public uint mtimensec;
    public uint ctimensec;
    public uint mode;
    public uint nlink;
    public uint uid;
    public uint gid;
    public uint rdev;
    public uint blksize;
    public uint flags;
}
