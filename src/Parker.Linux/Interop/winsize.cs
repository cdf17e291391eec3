using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

#pragma warning disable CS8981, IDE1006 // The kernel's own names.

/// <summary>asm-generic/termios.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct winsize
{
    public ushort ws_row;
    public ushort ws_col;
    public ushort ws_xpixel;
    public ushort ws_ypixel;
}
