using System.Text;
using Parker.Inspect.Addressing;
using Parker.Inspect.Symbols;
using Parker.Inspect.Usage;
using Parker.Machine;
using Parker.Machine.Diagnostics;

namespace Parker.Inspect.Kernels;

/// <summary>What a kernel is and how it runs, as it has it itself.</summary>
public sealed record KernelFacts
{
    private const int LongestCommandLine = 4096;

    // A hundred years; what is longer is garbage.
    private const ulong LongestUptimeSeconds = 100UL * 366 * 86400;

    // Documentation/admin-guide/tainted-kernels.rst: a letter for each bit, from bit 0 on.
    private const string TaintLetters = "PFSRMBUDAWCIOELKXTN";

    /// <summary>Its release.</summary>
    public required string Release { get; init; }

    /// <summary>Its build ID.</summary>
    public required string? BuildId { get; init; }

    /// <summary>How far KASLR moved it.</summary>
    public required ulong? KaslrOffset { get; init; }

    /// <summary>4 or 5.</summary>
    public required int PageTableLevels { get; init; }

    /// <summary>The letters of what tainted it; empty for nothing, null where it is not known.</summary>
    public required string? Taint { get; init; }

    /// <summary>Its command line; null where it is not known.</summary>
    public required string? CommandLine { get; init; }

    /// <summary>Its online CPUs, by its own numbers; null where they are not known.</summary>
    public required CpuSet? OnlineCpus { get; init; }

    /// <summary>How much of the memory that has come it has not brought online; null where that is not known.</summary>
    public ByteSize? OfflineMemory { get; init; }

    /// <summary>Whether it panics on an NMI that it does not expect (the sysctl <c>kernel.unknown_nmi_panic</c>); null where that is not known.</summary>
    public bool? PanicsOnUnknownNmi { get; init; }

    /// <summary>Whether it has come to where it runs init, its first process; null where that is not known.</summary>
    /// <remarks>init/main.c, <c>kernel_init</c>, sets <c>system_state</c> to <c>SYSTEM_RUNNING</c> right before that; the states after it are those in which a kernel ends.</remarks>
    public bool? InitStarted { get; init; }

    /// <summary>Its count of ticks; null where it is not known. A kernel whose CPUs all sleep counts on when one wakes.</summary>
    public required ulong? Jiffies { get; init; }

    /// <summary>How long it has run by that count; null where it is not known.</summary>
    public required TimeSpan? Uptime { get; init; }

    /// <summary>Reads them; what the kernel does not tell is left out, with the reason in the diagnostics.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="diagnostics">Takes the reasons.</param>
    /// <param name="added">Memory that has come while it ran; null for none.</param>
    public static KernelFacts Read(ApplicationKernel kernel, DiagnosticBag diagnostics, PhysicalRangeSet? added = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(diagnostics);
        KernelMemory memory = kernel.Memory;
        KernelSymbols? symbols = kernel.TryOpenSymbols(diagnostics);
        symbols?.Find(["tainted_mask", "saved_command_line", "jiffies_64", "clocksource_jiffies", "__per_cpu_offset", "__cpu_online_mask", "nr_cpu_ids", "__start_BTF", "__stop_BTF", "unknown_nmi_panic", "system_state"]);
        ulong? jiffies = symbols?.Find("jiffies_64") is VirtualAddress count ? memory.ReadUInt64(count) : null;
        return new KernelFacts
        {
            Release = kernel.Info.Release,
            BuildId = kernel.Info.BuildId,
            KaslrOffset = kernel.Info.KernelOffset,
            PageTableLevels = kernel.Info.HasFiveLevels ? 5 : 4,
            Taint = symbols?.Find("tainted_mask") is VirtualAddress taint && memory.ReadUInt64(taint) is ulong bits ? LettersOf(bits) : null,
            CommandLine = symbols?.Find("saved_command_line") is VirtualAddress line && memory.ReadPointer(line) is VirtualAddress text ? memory.ReadText(text, LongestCommandLine) : null,
            OnlineCpus = symbols is null ? null : PerCpuArea.TryOpen(kernel)?.Online(),
            OfflineMemory = added is null ? ByteSize.Zero : MemorySections.FindOffline(kernel, added),
            PanicsOnUnknownNmi = symbols?.Find("unknown_nmi_panic") is VirtualAddress panics && memory.ReadUInt32(panics) is uint word ? word != 0 : null,
            InitStarted = symbols?.Find("system_state") is VirtualAddress state && memory.ReadUInt32(state) is uint now && kernel.TryOpenTypes(diagnostics)?.FindEnumerator("SYSTEM_RUNNING") is long running ? now >= running : null,
            Jiffies = jiffies,
            Uptime = jiffies is ulong ticks && kernel.TryReadTick() is uint tick ? UptimeOf(tick, ticks) : null,
        };
    }

    private static string LettersOf(ulong bits)
    {
        StringBuilder letters = new();
        for (int bit = 0; bit < TaintLetters.Length; bit++)
        {
            if ((bits >> bit & 1) != 0)
            {
                letters.Append(TaintLetters[bit]);
            }
        }

        return letters.ToString();
    }

    // The count begins 300 s before 2^32 (include/linux/jiffies.h).
    private static TimeSpan? UptimeOf(uint tickNanoseconds, ulong jiffies)
    {
        ulong hertz = (ulong)Math.Round(1e9 / tickNanoseconds);
        ulong ticks = unchecked(jiffies - ((1UL << 32) - (300 * hertz)));
        return ticks / hertz < LongestUptimeSeconds ? TimeSpan.FromSeconds(ticks / (double)hertz) : null;
    }
}
