using System.Runtime.InteropServices;

namespace Parker.Linux.Interop;

// The kernel's names stay as linux/perf_event.h has them.
#pragma warning disable IDE1006, CA1707

/// <summary>The head of the page that an event's file maps: how this kernel turns the time stamp counter into nanoseconds.</summary>
/// <remarks>linux/perf_event.h. Only the fields that are read here. The kernel changes the page at any time; <see cref="@lock"/> is odd or moves while it does.</remarks>
[StructLayout(LayoutKind.Explicit)]
internal struct perf_event_mmap_page
{
    /// <summary>Bit of <see cref="capabilities"/>: time_mult and time_shift are set.</summary>
    public const ulong CapUserTime = 1 << 3;

    [FieldOffset(0x00)]
    public uint version;

    [FieldOffset(0x08)]
    public uint @lock;

    [FieldOffset(0x28)]
    public ulong capabilities;

    [FieldOffset(0x32)]
    public ushort time_shift;

    [FieldOffset(0x34)]
    public uint time_mult;

    [FieldOffset(0x38)]
    public ulong time_offset;

    [FieldOffset(0x40)]
    public ulong time_zero;
}
