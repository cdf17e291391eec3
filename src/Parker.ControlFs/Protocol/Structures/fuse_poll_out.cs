using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>The answer to POLL.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_poll_out
{
    public uint revents;
    public uint padding;
}
