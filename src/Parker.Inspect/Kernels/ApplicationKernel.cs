using Parker.Inspect.Addressing;
using Parker.Inspect.Logs;
using Parker.Inspect.Symbols;
using Parker.Inspect.Types;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Kernels;

/// <summary>A kernel seen from outside, through the memory that it runs in.</summary>
/// <remarks>Everything in there may be garbage or change at any time. Not for several threads at once.</remarks>
public sealed class ApplicationKernel
{
    // 6.12 of Debian has 6 MiB.
    private const ulong MostTypeBytes = 64 << 20;

    private KernelSymbols? _symbols;
    private KernelTypes? _types;
    private uint? _tickNanoseconds;

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

    /// <summary>Its symbols; read once.</summary>
    public KernelSymbols? TryOpenSymbols(DiagnosticBag diagnostics) => _symbols ??= KernelSymbols.TryOpen(Memory, Info, diagnostics);

    /// <summary>The length of a tick, which jiffies count; read once.</summary>
    /// <returns>Null where the kernel does not tell.</returns>
    /// <remarks>The jiffies clock source has it: mult is nanoseconds &lt;&lt; shift (kernel/time/jiffies.c).</remarks>
    public uint? TryReadTick()
    {
        if (_tickNanoseconds is null
            && TryOpenSymbols([])?.Find("clocksource_jiffies") is VirtualAddress clock
            && TryOpenTypes([]) is KernelTypes types
            && types.Find("clocksource", "mult") is StructureField mult
            && types.Find("clocksource", "shift") is StructureField shift
            && Memory.ReadUInt32(clock + (ulong)mult.Offset) is uint scaled
            && Memory.ReadUInt32(clock + (ulong)shift.Offset) is <= 16 and uint bits
            && scaled >> (int)bits is >= 100_000 and <= 10_000_000 and uint tickNanoseconds)
        {
            _tickNanoseconds = tickNanoseconds;
        }

        return _tickNanoseconds;
    }

    /// <summary>Gives back the memory of the types, some MiB; they are read again when they are needed.</summary>
    public void ForgetTypes() => _types = null;

    /// <summary>Its types; read once.</summary>
    /// <returns>Null where it has none, or they are damaged: <c>INS005</c>, <c>INS006</c>.</returns>
    public KernelTypes? TryOpenTypes(DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (_types is not null || TryOpenSymbols(diagnostics) is not KernelSymbols symbols)
        {
            return _types;
        }

        string place = $"kernel {Info.Release}";
        symbols.Find(["__start_BTF", "__stop_BTF"]);
        if (symbols.Find("__start_BTF") is not VirtualAddress start || symbols.Find("__stop_BTF") is not VirtualAddress stop || stop.Value <= start.Value)
        {
            diagnostics.Error("INS006", place, "It does not carry a description of its types (BTF).", "A kernel built with CONFIG_DEBUG_INFO_BTF=y does, as distributions' kernels are.");
            return null;
        }

        ulong length = stop.Value - start.Value;
        byte[] bytes = new byte[Math.Min(length, MostTypeBytes)];
        if (length <= MostTypeBytes && Memory.TryRead(start, bytes))
        {
            return _types = KernelTypes.TryRead(bytes, place, diagnostics);
        }

        diagnostics.Error("INS006", place, "The kernel's description of its types (BTF) cannot be read.", "/dev/mem maps the memory (its addresses are in 'parker status') for a closer look.");
        return null;
    }
}
