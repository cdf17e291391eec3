using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parker.Linux.Interop;

/// <summary>Writing files. A negative result leaves errno in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static partial class FileWriteCalls
{
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_SYNC = 0x101000;

    [LibraryImport(Library.Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> buffer, nuint length);

    [LibraryImport(Library.Name, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint WriteAt(SafeFileHandle file, ReadOnlySpan<byte> buffer, nuint length, long offset);
}
