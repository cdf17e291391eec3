namespace Parker.Machine.Topology;

/// <summary>Where a topology is read from: the running machine, or a captured tree of it.</summary>
/// <remarks>Implementations throw for nothing that a machine can be like: what is not there or may not be read is <see cref="SourceStatus"/>.</remarks>
public interface IMachineSource
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Absolute on the machine, such as <c>/proc/cpuinfo</c>.</param>
    /// <param name="content">Its bytes; empty where the result is not <see cref="SourceStatus.Ok"/>.</param>
    SourceStatus TryRead(string path, out byte[] content);

    /// <summary>The names in a directory, sorted by ordinal; symbolic links are names like others.</summary>
    SourceStatus TryList(string path, out IReadOnlyList<string> names);

    /// <summary>The text of a symbolic link.</summary>
    SourceStatus TryReadLink(string path, out string target);

    /// <summary>Whether something of that name is there (a device node counts; it is never opened).</summary>
    bool Exists(string path);

    /// <summary>Reads a model-specific register of one online CPU.</summary>
    /// <param name="cpu">The Boot Kernel's CPU number.</param>
    /// <param name="register">The MSR's index.</param>
    /// <param name="value">Its 64 bits.</param>
    SourceStatus TryReadMsr(int cpu, uint register, out ulong value);

    /// <summary>The kernel log, one line per record without level and time stamp.</summary>
    SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines);

    /// <summary>The time stamp counter's frequency from perf_event or, failing that, by measurement; the kernel log is the caller's.</summary>
    /// <param name="frequency">With its source.</param>
    SourceStatus TryReadTsc(out TscReading frequency);
}
