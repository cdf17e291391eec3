using System.Text.Json.Serialization;
using Parker.Partition;
using Parker.Runtime.Steps;

namespace Parker.Runtime.Journal;

/// <summary>One line of the journal: something that is about to happen to a partition, or has happened.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "entry")]
[JsonDerivedType(typeof(PartitionDefined), "defined")]
[JsonDerivedType(typeof(PartitionKept), "kept")]
[JsonDerivedType(typeof(PartitionRemoved), "removed")]
[JsonDerivedType(typeof(OperationBegun), "operation-begun")]
[JsonDerivedType(typeof(OperationEnded), "operation-ended")]
[JsonDerivedType(typeof(ImageOpened), "image")]
[JsonDerivedType(typeof(StepBegun), "step-begun")]
[JsonDerivedType(typeof(StepUndone), "step-undone")]
[JsonDerivedType(typeof(CpusChanged), "cpus")]
[JsonDerivedType(typeof(MemoryChanged), "memory")]
[JsonDerivedType(typeof(StateChanged), "state")]
[JsonDerivedType(typeof(PolicyChanged), "policy")]
[JsonDerivedType(typeof(ShutdownAskedFor), "shutdown-asked")]
[JsonDerivedType(typeof(RestartRefused), "restart-refused")]
[JsonDerivedType(typeof(RestartsGivenUp), "restarts-given-up")]
[JsonDerivedType(typeof(MachineDiffers), "machine-differs")]
[JsonDerivedType(typeof(NmiAskedFor), "nmi")]
[JsonDerivedType(typeof(DumpEnded), "dump")]
public abstract record JournalEntry(DateTimeOffset Time, string Partition);

/// <summary>A partition came to be, with all that it gets.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Policy">What is done for it without anybody asking.</param>
public sealed record PartitionDefined(DateTimeOffset Time, string Partition, PartitionPlan Plan, PartitionPolicy Policy) : JournalEntry(Time, Partition);

/// <summary>A partition is gone; nothing of the machine is held for it.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
public sealed record PartitionRemoved(DateTimeOffset Time, string Partition) : JournalEntry(Time, Partition);

/// <summary>An operation begins; without its end, whoever reads this undoes or finishes it.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Operation">Which.</param>
/// <param name="BootId">Of a start: the boot ID; empty for others.</param>
/// <param name="Position">Of a start: the journal position that its header page gets.</param>
/// <param name="Restart">Of a start that nobody asked for: which in a row it is, from 1; 0 for others.</param>
public sealed record OperationBegun(DateTimeOffset Time, string Partition, PartitionOperation Operation, Guid BootId, long Position = 0, int Restart = 0) : JournalEntry(Time, Partition)
{
    /// <summary>Of a resize: the CPUs that the partition shall have; null for others.</summary>
    public IReadOnlyList<PartitionCpu>? Cpus { get; init; }

    /// <summary>Of a resize: the memory that shall have come, beyond what it starts with; null for others.</summary>
    public IReadOnlyList<AddedMemory>? Memory { get; init; }
}

/// <summary>An operation has ended, done or undone.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Operation">Which.</param>
/// <param name="Error">Why it failed; empty when it was done.</param>
public sealed record OperationEnded(DateTimeOffset Time, string Partition, PartitionOperation Operation, string Error) : JournalEntry(Time, Partition);

/// <summary>What the start that was begun loads.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Image">The image.</param>
public sealed record ImageOpened(DateTimeOffset Time, string Partition, ImageIdentity Image) : JournalEntry(Time, Partition);

/// <summary>A step is about to be taken. Whether it was is for its undo to find out.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Step">The step with what its undo needs.</param>
public sealed record StepBegun(DateTimeOffset Time, string Partition, Step Step) : JournalEntry(Time, Partition);

/// <summary>A step has been undone.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Index">The step's place, from 0, among those that were held.</param>
public sealed record StepUndone(DateTimeOffset Time, string Partition, int Index) : JournalEntry(Time, Partition);

/// <summary>From here on a partition has other CPUs: its kernel may run on those, and on no others.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Cpus">All that it has.</param>
/// <param name="SpareCpus">All that may come.</param>
public sealed record CpusChanged(DateTimeOffset Time, string Partition, IReadOnlyList<PartitionCpu> Cpus, IReadOnlyList<PartitionCpu> SpareCpus) : JournalEntry(Time, Partition);

/// <summary>From here on a partition has other memory beyond what it starts with: its kernel may use that, and no other.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="AddedMemory">All that has come.</param>
public sealed record MemoryChanged(DateTimeOffset Time, string Partition, IReadOnlyList<AddedMemory> AddedMemory) : JournalEntry(Time, Partition);

/// <summary>A partition is in another state.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="State">The state.</param>
/// <param name="Evidence">What it stands on.</param>
public sealed record StateChanged(DateTimeOffset Time, string Partition, PartitionState State, string Evidence) : JournalEntry(Time, Partition);

/// <summary>A partition has another policy.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Policy">The policy.</param>
public sealed record PolicyChanged(DateTimeOffset Time, string Partition, PartitionPolicy Policy) : JournalEntry(Time, Partition);

/// <summary>A kernel is about to be asked to shut down: however it ends then, somebody wanted it.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
public sealed record ShutdownAskedFor(DateTimeOffset Time, string Partition) : JournalEntry(Time, Partition);

/// <summary>A restart that nobody asked for was refused before anything was tried.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Restart">Which in a row it was, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record RestartRefused(DateTimeOffset Time, string Partition, int Restart, string Reason) : JournalEntry(Time, Partition);

/// <summary>A partition is not started again without anybody asking.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Reason">Why.</param>
public sealed record RestartsGivenUp(DateTimeOffset Time, string Partition, string Reason) : JournalEntry(Time, Partition);

/// <summary>What the machine is found to be is not what is held for a partition.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="What">What differs; empty where nothing does any more.</param>
public sealed record MachineDiffers(DateTimeOffset Time, string Partition, string What) : JournalEntry(Time, Partition);

/// <summary>An NMI is about to be sent to a partition's CPU.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Cpu">The CPU, by the Boot Kernel's number.</param>
public sealed record NmiAskedFor(DateTimeOffset Time, string Partition, int Cpu) : JournalEntry(Time, Partition);

/// <summary>A kernel that panicked or hangs was dumped, or could not be: there is no second try for that boot.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="BootId">The boot.</param>
/// <param name="Text">Where the dump is, or why there is none.</param>
public sealed record DumpEnded(DateTimeOffset Time, string Partition, Guid BootId, string Text) : JournalEntry(Time, Partition);
