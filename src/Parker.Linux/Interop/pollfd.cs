using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

#pragma warning disable CS8981, IDE1006 // The kernel's own names.

/// <summary>poll.h; a negative descriptor is left out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct pollfd
{
    public int fd;
    public short events;
    public short revents;
}
