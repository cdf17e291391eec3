using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>On which CPUs the calling thread may run.</summary>
internal static partial class SchedulerCalls
{
    [LibraryImport(Library.Name, EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static partial int GetAffinity(int thread, nuint length, Span<byte> mask);

    [LibraryImport(Library.Name, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint length, ReadOnlySpan<byte> mask);

    [LibraryImport(Library.Name, EntryPoint = "sched_getcpu")]
    public static partial int CurrentCpu();
}
