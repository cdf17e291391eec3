using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

// The kernel's names stay as linux/time_types.h has them.
#pragma warning disable IDE1006, CA1707, CS8981

/// <summary>A time of a kernel clock.</summary>
/// <remarks>linux/time_types.h, __kernel_timespec, which on x86-64 is what libc calls timespec.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct timespec
{
    public long tv_sec;
    public long tv_nsec;
}
