namespace Parker.Machine.Topology.Sources;

/// <summary>Where a captured tree keeps what are not files of the machine. docs/capture-format.md tells the same at length.</summary>
/// <remarks>
/// <code>
/// proc/cpuinfo, sys/...  files, folders and symbolic links as on the machine; an absolute link target counts from the tree's root
/// dev/mem                an empty file for each device that was looked for and is there
/// .parker/kernel.log     the kernel log, a line for each record, without level and time stamp
/// .parker/msr            a line for each register that was read: "cpu register value", the last two hexadecimal
/// .parker/tsc            one line: "hertz source evidence", the source being PerfEvent or Measured
/// .parker/denied         a path in each line: it is there, and the one who captured it might not read it
/// .parker/failed         a path in each line: it is there, and was not read or could not be
/// </code>
/// In <c>denied</c> and <c>failed</c>, <c>/dev/kmsg</c> stands for the kernel log, <c>/dev/cpu/N/msr</c> for the registers of CPU N, and
/// <c>/.parker/tsc</c> for the frequency.
/// </remarks>
public static class CaptureLayout
{
    /// <summary>The folder, in the tree's root, of what is no file of the machine; no reader lists it.</summary>
    public const string FactsFolder = ".parker";

    /// <summary>The kernel log's lines.</summary>
    public const string KernelLog = "/.parker/kernel.log";

    /// <summary>The model-specific registers.</summary>
    public const string Msr = "/.parker/msr";

    /// <summary>The time stamp counter's frequency.</summary>
    public const string Tsc = "/.parker/tsc";

    /// <summary>The paths that were denied.</summary>
    public const string Denied = "/.parker/denied";

    /// <summary>The paths that were there and are not captured.</summary>
    public const string Failed = "/.parker/failed";

    /// <summary>The path whose being denied or failed is that of the kernel log.</summary>
    public const string KernelLogDevice = "/dev/kmsg";

    /// <summary>The path whose being denied or failed is that of the registers of <paramref name="cpu"/>.</summary>
    public static string MsrDevice(int cpu) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/dev/cpu/{cpu}/msr");
}
