using Parker.Inspect.Addressing;
using Parker.Inspect.Logs;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Kernels;

/// <summary>A kernel seen from outside, through the memory that it runs in.</summary>
/// <remarks>Everything in there may be garbage or change at any time. Not for several threads at once.</remarks>
public sealed class ApplicationKernel
{
    private ApplicationKernel(VmCoreInfo info, KernelMemory memory)
    {
        Info = info;
        Memory = memory;
    }

    /// <summary>What it says of itself.</summary>
    public VmCoreInfo Info { get; }

    /// <summary>Its addresses.</summary>
    public KernelMemory Memory { get; }

    /// <summary>Finds the kernel in a partition's memory.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="hint">Where its VMCOREINFO was found before.</param>
    /// <param name="diagnostics">Takes <c>INS001</c>.</param>
    /// <returns>Null where there is none, or none yet.</returns>
    public static ApplicationKernel? TryOpen(IPhysicalMemory memory, PhysicalAddress? hint, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (VmCoreInfoFinder.Find(memory, hint) is VmCoreInfo info)
        {
            return new ApplicationKernel(info, new KernelMemory(memory, info));
        }

        diagnostics.Error(
            "INS001",
            $"memory {memory.Ranges}",
            "No kernel says there where its data lies (VMCOREINFO): none was started, or it is in its first second or did not get further.",
            "'parker log' shows what can be found of its first lines.");
        return null;
    }

    /// <summary>Opens its log as it is now.</summary>
    public PrintkRing? TryOpenLog(DiagnosticBag diagnostics) => PrintkRing.TryOpen(Memory, Info, diagnostics);
}
