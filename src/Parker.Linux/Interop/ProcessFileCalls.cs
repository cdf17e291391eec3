using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parker.Linux.Interop;

/// <summary>Files of other processes, by system calls that old C libraries have no functions for. A negative result leaves errno in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static partial class ProcessFileCalls
{
    // arch/x86/entry/syscalls/syscall_64.tbl.
    public const nint SYS_pidfd_open = 434;
    public const nint SYS_pidfd_getfd = 438;

    [LibraryImport(Library.Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint OpenProcess(nint number, nint process, nint flags);

    [LibraryImport(Library.Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint GetDescriptor(nint number, SafeFileHandle process, nint descriptor, nint flags);
}
