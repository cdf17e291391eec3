namespace Parker.Api.Inspection;

/// <summary>One record of an Application Kernel's log.</summary>
/// <param name="Sequence">Its number since the kernel began; null where only the text was found.</param>
/// <param name="TimeNs">When it was written, in nanoseconds since the kernel began; null where only the text was found.</param>
/// <param name="Level"><c>emergency</c> to <c>debug</c>; null where only the text was found.</param>
/// <param name="Facility">Who wrote it, as syslog counts: 0 the kernel; null where only the text was found.</param>
/// <param name="ThreadId">The thread that wrote it; null where a CPU did in an interrupt, or it is not known.</param>
/// <param name="Cpu">The CPU that wrote it in an interrupt; else null.</param>
/// <param name="Subsystem">The subsystem of the device that it is about; else null.</param>
/// <param name="Device">That device as <c>/dev/kmsg</c> gives it; else null.</param>
/// <param name="Text">Its text.</param>
public sealed record LogRecordDocument(
    ulong? Sequence,
    ulong? TimeNs,
    string? Level,
    byte? Facility,
    uint? ThreadId,
    uint? Cpu,
    string? Subsystem,
    string? Device,
    string Text);
