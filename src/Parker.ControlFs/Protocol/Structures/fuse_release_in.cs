using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>Which open file RELEASE and RELEASEDIR end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_release_in
{
    public ulong fh;
    public uint flags;
    public uint release_flags;
    public ulong lock_owner;
}
