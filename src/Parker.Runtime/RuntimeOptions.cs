using Parker.Inspect.Kernels;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Runtime.Journal;
using Parker.Runtime.Supervision;

namespace Parker.Runtime;

/// <summary>The bounds of every wait, and what is asked before a claim.</summary>
public sealed record RuntimeOptions
{
    /// <summary>From INIT to SIPI. 10 ms as the MultiProcessor Specification, appendix B.4, asks; newer CPUs need less.</summary>
    public TimeSpan InitToStartup { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long the first SIPI's effect is awaited before the second is sent.</summary>
    public TimeSpan SecondStartupAfter { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long a CPU may take to its first instruction, or to the park stub's mark.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long after its start a kernel may take to its SetVirtualAddressMap call, and from there to its first heartbeat.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the heartbeat may stand still before the kernel counts as hung.</summary>
    public TimeSpan HangTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What was seen last of the log of a partition's boot; null where nothing is known. Asked at each look, so it gives what is at hand and reads nothing.</summary>
    public Func<PartitionName, Guid, KernelObservation?> SeenInside { get; init; } = (_, _) => null;

    /// <summary>Is called when the memory of a boot is about to be zeroed for the next start or given back: the last time that its kernel can be looked into. Does not throw.</summary>
    public Action<PartitionRecord> BootEnds { get; init; } = _ => { };

    /// <summary>Is called with each entry that the journal has when it is opened, in order.</summary>
    public Action<JournalEntry> Replayed { get; init; } = _ => { };

    /// <summary>Is called with each entry once it is in the journal, in order and while no other is written: it must return soon and call nothing of the Runtime.</summary>
    public Action<JournalEntry> Entered { get; init; } = _ => { };

    /// <summary>How eagerly partitions are started again.</summary>
    public SupervisionOptions Supervision { get; init; } = new();

    /// <summary>Whether what a plan wants can be taken from the machine as it is now; asked before each claim.</summary>
    public Func<PartitionPlan, IReadOnlyList<Diagnostic>> Validate { get; init; } = _ => [];
}
