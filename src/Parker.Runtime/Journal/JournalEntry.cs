using System.Text.Json.Serialization;
using Parker.Partition;
using Parker.Runtime.Steps;

namespace Parker.Runtime.Journal;

/// <summary>One line of the journal: something that is about to happen to a partition, or has happened.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "entry")]
[JsonDerivedType(typeof(PartitionDefined), "defined")]
[JsonDerivedType(typeof(PartitionRemoved), "removed")]
[JsonDerivedType(typeof(OperationBegun), "operation-begun")]
[JsonDerivedType(typeof(OperationEnded), "operation-ended")]
[JsonDerivedType(typeof(ImageOpened), "image")]
[JsonDerivedType(typeof(StepBegun), "step-begun")]
[JsonDerivedType(typeof(StepUndone), "step-undone")]
[JsonDerivedType(typeof(StateChanged), "state")]
public abstract record JournalEntry(DateTimeOffset Time, string Partition);

/// <summary>A partition came to be, with all that it gets.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Plan">Its plan.</param>
public sealed record PartitionDefined(DateTimeOffset Time, string Partition, PartitionPlan Plan) : JournalEntry(Time, Partition);

/// <summary>A partition is gone; nothing of the machine is held for it.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
public sealed record PartitionRemoved(DateTimeOffset Time, string Partition) : JournalEntry(Time, Partition);

/// <summary>An operation begins; without its end, whoever reads this undoes or finishes it.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Operation">Which.</param>
/// <param name="BootId">Of a start: the boot ID; empty for others.</param>
public sealed record OperationBegun(DateTimeOffset Time, string Partition, PartitionOperation Operation, Guid BootId) : JournalEntry(Time, Partition);

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

/// <summary>A partition is in another state.</summary>
/// <param name="Time">When it was written.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="State">The state.</param>
/// <param name="Evidence">What it stands on.</param>
public sealed record StateChanged(DateTimeOffset Time, string Partition, PartitionState State, string Evidence) : JournalEntry(Time, Partition);
