using Parker.Api.Inspection;
using Parker.Daemon.Partitions;
using Parker.Inspect.Cores;
using Parker.Inspect.Kernels;
using Parker.Inspect.Threads;
using Parker.Machine.Diagnostics;

namespace Parker.Daemon.Inspection;

/// <summary>Looks into kernels whose memory lies in ELF cores; needs no daemon and no root.</summary>
public static class CoreInspection
{
    /// <summary>Reads the log.</summary>
    /// <param name="path">The core.</param>
    /// <exception cref="RefusedException">It is no core, or the log in it cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LogDocument ReadLog(string path) => Use(path, (core, diagnostics) =>
        ApplicationKernel.TryOpen(core, null, []) is ApplicationKernel kernel
            ? InspectionMapper.RingLog(path, Guid.Empty, kernel, default, includeOpen: true) with { Position = null }
            : InspectionMapper.EarlyLog(path, Guid.Empty, core));

    /// <summary>Lists the threads.</summary>
    /// <param name="path">The core.</param>
    /// <exception cref="RefusedException">It is no core, or the kernel in it does not tell.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ThreadListDocument ListThreads(string path) => Use(path, (core, diagnostics) =>
    {
        ThreadReader reader = (ApplicationKernel.TryOpen(core, null, diagnostics) is ApplicationKernel kernel ? ThreadReader.TryOpen(kernel, diagnostics) : null)
            ?? throw new RefusedException([.. diagnostics]);
        ThreadListing listing = reader.Read();
        return new ThreadListDocument(path, Guid.Empty, listing.IsComplete, [.. listing.Threads.Select(InspectionMapper.ToDocument)]);
    });

    private static T Use<T>(string path, Func<CoreMemory, DiagnosticBag, T> use)
    {
        DiagnosticBag diagnostics = [];
        using FileStream file = new(path, new FileStreamOptions { BufferSize = 1 << 14, Options = FileOptions.RandomAccess });
        return use(CoreMemory.TryOpen(file, path, diagnostics) ?? throw new RefusedException([.. diagnostics]), diagnostics);
    }
}
