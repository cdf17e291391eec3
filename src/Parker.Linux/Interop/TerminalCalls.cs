using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parker.Linux.Interop;

/// <summary>Terminals and pseudo-terminals. A negative result leaves errno in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static partial class TerminalCalls
{
    public const nuint TIOCGWINSZ = 0x5413;
    public const nuint TIOCSWINSZ = 0x5414;
    public const int TCSADRAIN = 1;

    /// <summary>sizeof(struct termios), whose content only libc changes here.</summary>
    public const int TermiosSize = 60;

    [LibraryImport(Library.Name, EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial SafeFileHandle OpenMaster(int flags);

    [LibraryImport(Library.Name, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(SafeFileHandle master);

    [LibraryImport(Library.Name, EntryPoint = "ptsname_r")]
    public static partial int SlaveName(SafeFileHandle master, Span<byte> name, nuint length);

    [LibraryImport(Library.Name, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int ControlSize(int file, nuint request, ref winsize size);

    [LibraryImport(Library.Name, EntryPoint = "isatty")]
    public static partial int IsTerminal(int file);

    [LibraryImport(Library.Name, EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetAttributes(int file, Span<byte> termios);

    [LibraryImport(Library.Name, EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetAttributes(int file, int when, ReadOnlySpan<byte> termios);

    [LibraryImport(Library.Name, EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(Span<byte> termios);
}
