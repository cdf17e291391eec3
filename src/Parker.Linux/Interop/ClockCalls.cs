using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

/// <summary>The kernel's clocks.</summary>
internal static partial class ClockCalls
{
    /// <summary>Time since boot that no one adjusts: not by NTP either.</summary>
    public const int CLOCK_MONOTONIC_RAW = 4;

    [LibraryImport(Library.Name, EntryPoint = "clock_gettime")]
    public static partial int GetTime(int clock, out timespec time);
}
