using Parker.Inspect.Cores;
using Parker.Inspect.Kernels;
using Parker.Inspect.Logs;
using Parker.Inspect.Threads;
using Parker.Inspect.Usage;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Tests.Fuzzing;

/// <summary>Reads all that can be read of a kernel.</summary>
internal static class KernelReading
{
    /// <summary>Reads it; throws only for a fault of the reader.</summary>
    public static void All(IPhysicalMemory memory)
    {
        KernelObserver observer = new(memory);
        observer.Look(TimeSpan.Zero);
        observer.Look(TimeSpan.FromSeconds(1));
        if (observer.Kernel is not ApplicationKernel kernel)
        {
            return;
        }

        DiagnosticBag diagnostics = [];
        if (kernel.TryOpenLog(diagnostics) is PrintkRing ring)
        {
            LogReading all = ring.Read(default, includeOpen: true);
            ring.Read(all.Position, includeOpen: false);
        }

        KernelFacts.Read(kernel, diagnostics);
        ThreadReader.TryOpen(kernel, diagnostics)?.Read();
        UsageReader.TryOpen(kernel, diagnostics)?.Read();
        CoreNotes.Of(kernel);
    }
}
