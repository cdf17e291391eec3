using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>syslog(2), which libc calls klogctl.</summary>
internal static partial class KernelLogCalls
{
    public const int SYSLOG_ACTION_READ_ALL = 3;
    public const int SYSLOG_ACTION_SIZE_BUFFER = 10;

    [LibraryImport(Library.Name, EntryPoint = "klogctl", SetLastError = true)]
    public static partial int Control(int action, Span<byte> buffer, int length);
}
