using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Parker.Linux.Interop;

/// <summary>perf_event_open, for which libc has no function of its own.</summary>
internal static partial class PerfCalls
{
    public const uint PERF_TYPE_SOFTWARE = 1;
    public const ulong PERF_COUNT_SW_DUMMY = 9;
    public const ulong PERF_FLAG_FD_CLOEXEC = 8;

    // arch/x86/entry/syscalls/syscall_64.tbl
    public const int PerfEventOpenNumber = 298;

    /// <summary>Opens an event that counts for the calling thread on whatever CPU it runs.</summary>
    public static SafeFileHandle OpenForThisThread(in perf_event_attr attributes) =>
        Syscall(PerfEventOpenNumber, in attributes, pid: 0, cpu: -1, group: -1, PERF_FLAG_FD_CLOEXEC);

    [LibraryImport(Library.Name, EntryPoint = "syscall", SetLastError = true)]
    private static partial SafeFileHandle Syscall(nint number, in perf_event_attr attributes, nint pid, nint cpu, nint group, ulong flags);
}
