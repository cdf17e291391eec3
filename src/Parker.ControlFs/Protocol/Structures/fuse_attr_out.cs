using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>The answer to GETATTR and SETATTR.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_attr_out
{
    public ulong attr_valid;
    public uint attr_valid_nsec;
    public uint dummy;
    public fuse_attr attr;
}
