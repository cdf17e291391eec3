using Parker.Machine;
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

    /// <summary>Tells on whose behalf the calls are made that this thread makes next.</summary>
    /// <param name="uid">The user.</param>
    /// <param name="process">The process.</param>
    void AskedBy(uint uid, int process);

    /// <summary>Refuses what can already be said to be wrong with a draft that is not complete. Changes nothing.</summary>
    void Check(PartitionDraft draft);

    /// <summary>Defines a partition, or defines it anew where it holds nothing of the machine: then the old definition stays where the new one is refused.</summary>
    void Define(PartitionDraft draft);

    /// <summary>Claims, loads and starts a partition; returns when its first CPU has taken its first instruction.</summary>
    void Start(PartitionName name);

    /// <summary>Asks a partition's kernel to shut down, and stops its CPUs with proof.</summary>
    void Stop(PartitionName name);

    /// <summary>Gives a partition that runs other CPUs; returns when its kernel has let go of those that leave and knows those that come.</summary>
    void SetCpus(PartitionName name, CpuSet cpus);

    /// <summary>Gives a partition that runs other memory; returns when its kernel has let go of what leaves and has added what comes.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="size">How much it shall have in all.</param>
    void SetMemory(PartitionName name, string size);

    /// <summary>Says when a partition is started again without anybody asking. It may run.</summary>
    void SetRestart(PartitionName name, RestartPolicy restart);

    /// <summary>Gives everything back and forgets a partition that does not run.</summary>
    void Destroy(PartitionName name);

    /// <summary>Reads the log of a partition's kernel; empty where there is no kernel to look into yet.</summary>
    /// <param name="name">The partition.</param>
    /// <param name="after">The position that an earlier piece ended at, to get what came since; null for all.</param>
    LogPiece ReadLog(PartitionName name, string? after);

    /// <summary>What a configuration would change on this machine, as text. Changes nothing.</summary>
    /// <param name="configuration">The text of a configuration file.</param>
    string Plan(string configuration);

    /// <summary>What <c>topology</c> reads.</summary>
    string ReadTopology();

    /// <summary>What <c>check</c> reads.</summary>
    string ReadCheck();
}
