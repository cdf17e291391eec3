using Parker.Partition;
using Parker.Runtime;

namespace Parker.ControlFs.Tree;

/// <summary>What the control file system needs of partitions, and all that it does with them. Each call is what the other doors call.</summary>
/// <remarks>
/// Called by several threads at once. Calls that change something throw <see cref="PartitionException"/> where nothing was tried, <see cref="MachineException"/> where something was
/// tried and failed, and <see cref="IOException"/> where it could not be journaled.
/// </remarks>
public interface IControlledPartitions
{
    /// <summary>The partitions that are defined.</summary>
    IReadOnlyList<PartitionName> Names { get; }

    /// <summary>What <c>version</c> reads.</summary>
    string Version { get; }

    /// <summary>The state of a partition, without allocating and without waiting for what changes the machine.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="state">Its state.</param>
    /// <returns>Whether there is one.</returns>
    bool TryGetState(PartitionName name, out PartitionState state);

    /// <summary>A partition; null where there is none.</summary>
    ControlledPartition? Find(PartitionName name);

    /// <summary>Refuses what can already be said to be wrong with a draft that is not complete. Changes nothing.</summary>
    void Check(PartitionDraft draft);

    /// <summary>Defines a partition, or defines it anew where it holds nothing of the machine: then the old definition stays where the new one is refused.</summary>
    void Define(PartitionDraft draft);

    /// <summary>Claims, loads and starts a partition; returns when its first CPU has taken its first instruction.</summary>
    void Start(PartitionName name);

    /// <summary>Asks a partition's kernel to shut down, and stops its CPUs with proof.</summary>
    void Stop(PartitionName name);

    /// <summary>Gives everything back and forgets a partition that does not run.</summary>
    void Destroy(PartitionName name);

    /// <summary>What <c>topology</c> reads.</summary>
    string ReadTopology();

    /// <summary>What <c>check</c> reads.</summary>
    string ReadCheck();
}
