namespace Parker.Inspect.Logs;

/// <summary>One record of a kernel log.</summary>
public sealed record LogRecord
{
    private const uint ProcessorFlag = 0x8000_0000;

    /// <summary>Its number since the kernel began; counts up by one for each.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>When it was written, since the kernel began.</summary>
    public required ulong TimeNanoseconds { get; init; }

    /// <summary>How urgent it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>Who wrote it, as syslog counts: 0 the kernel, 1 a program through <c>/dev/kmsg</c>.</summary>
    public required byte Facility { get; init; }

    /// <summary>The caller as the kernel stores it: a thread's number, or a CPU's with the highest bit set; null where the kernel does not keep it.</summary>
    public required uint? Caller { get; init; }

    /// <summary>The text, without a line feed at its end; may have some within. Empty where the kernel lost it.</summary>
    public required string Text { get; init; }

    /// <summary>The subsystem of the device that it is about, such as <c>pci</c>; empty where it is about none.</summary>
    public string Subsystem { get; init; } = "";

    /// <summary>The device that it is about, as <c>/dev/kmsg</c> gives it: <c>+pci:0000:01:00.0</c>; empty where it is about none.</summary>
    public string Device { get; init; } = "";

    /// <summary>Whether its writer may still add to it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The thread that wrote it; null where a CPU wrote it in an interrupt, or it is not known.</summary>
    public uint? ThreadId => Caller is uint caller && (caller & ProcessorFlag) == 0 ? caller : null;

    /// <summary>The CPU that wrote it in an interrupt; null where a thread wrote it, or it is not known.</summary>
    public uint? Processor => Caller is uint caller && (caller & ProcessorFlag) != 0 ? caller & ~ProcessorFlag : null;
}
