using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

// The kernel's names stay as linux/perf_event.h has them.
#pragma warning disable IDE1006, CA1707

/// <summary>The event that perf_event_open is asked for: the first published form, which every kernel takes.</summary>
/// <remarks>linux/perf_event.h, PERF_ATTR_SIZE_VER0: 64 bytes.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct perf_event_attr
{
    /// <summary>Bits of <see cref="flags"/>: the event starts off; kernel and hypervisor are not counted (no privilege needed then).</summary>
    public const ulong Disabled = 1 << 0;
    public const ulong ExcludeKernel = 1 << 5;
    public const ulong ExcludeHypervisor = 1 << 6;

    public uint type;
    public uint size;
    public ulong config;
    public ulong sample_period;
    public ulong sample_type;
    public ulong read_format;
    public ulong flags;
    public uint wakeup_events;
    public uint bp_type;
    public ulong config1;
}
