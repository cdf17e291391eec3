using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parker.Linux.Interop;

/// <summary>Child processes and their pipes. A negative result leaves errno in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
internal static partial class ProcessCalls
{
    public const int SIGKILL = 9;
    public const short POLLIN = 1;
    public const short POLLOUT = 4;

    // arch/x86/entry/syscalls/syscall_64.tbl
    public const int PidfdOpenNumber = 434;

    /// <summary>A descriptor that becomes readable when the process ends.</summary>
    public static SafeFileHandle OpenProcess(int process) => Syscall(PidfdOpenNumber, process, 0);

    [LibraryImport(Library.Name, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(Span<int> ends, int flags);

    [LibraryImport(Library.Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<pollfd> files, nuint count, int timeoutMs);

    [LibraryImport(Library.Name, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int process, out int status, int options);

    [LibraryImport(Library.Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport(Library.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial SafeFileHandle Syscall(nint number, nint process, nint flags);
}
