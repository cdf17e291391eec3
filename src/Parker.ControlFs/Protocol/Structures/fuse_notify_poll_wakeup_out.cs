using System.Runtime.InteropServices;

namespace Parker.ControlFs.Protocol.Structures;

// The kernel's names stay as linux/fuse.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>The notification that an open file is to be polled again.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fuse_notify_poll_wakeup_out
{
    public ulong kh;
}
