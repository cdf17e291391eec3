using Parker.Partition;
using Parker.Runtime.Steps;

namespace Parker.Runtime.Journal;

/// <summary>All that earlier entries said of a partition, when the journal was made smaller. No operation went on.</summary>
/// <param name="Time">The time of the last of those entries.</param>
/// <param name="Partition">The partition's name.</param>
public sealed record PartitionKept(DateTimeOffset Time, string Partition) : JournalEntry(Time, Partition)
{
    /// <summary>Its plan.</summary>
    public required PartitionPlan Plan { get; init; }

    /// <summary>What is done for it without anybody asking.</summary>
    public required PartitionPolicy Policy { get; init; }

    /// <summary>Its state.</summary>
    public required PartitionState State { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StateSince { get; init; }

    /// <summary>What the state stands on.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>The last boot; empty before the first.</summary>
    public required Guid BootId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>What it was started from.</summary>
    public required ImageIdentity? Image { get; init; }

    /// <summary>The journal position in its header page.</summary>
    public required long JournalPosition { get; init; }

    /// <summary>What is held of the machine.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Restarts in a row that nobody asked for.</summary>
    public required int RestartsInRow { get; init; }

    /// <summary>Restarts that nobody asked for.</summary>
    public required int Restarts { get; init; }

    /// <summary>When one was refused last.</summary>
    public required DateTimeOffset? RestartRefusedAt { get; init; }

    /// <summary>What is to be said of restarts.</summary>
    public required string RestartNote { get; init; }

    /// <summary>Whether no more follow.</summary>
    public required bool GivenUp { get; init; }

    /// <summary>Whether its kernel was asked to shut down.</summary>
    public required bool ShutdownAsked { get; init; }

    /// <summary>The boot that was dumped last without anybody asking.</summary>
    public Guid DumpedBoot { get; init; }

    /// <summary>What of the machine differs.</summary>
    public required string MachineDifference { get; init; }
}
