using Parker.Api;
using Parker.Api.Inspection;
using Parker.Partition;

namespace Parker.Daemon.Partitions;

/// <content>What is done without anybody asking.</content>
public sealed partial class PartitionService
{
    /// <summary>Whether <see cref="Supervise"/> has something to do; asks the machine nothing.</summary>
    public bool NeedsSupervision => _runtime.NeedsSupervision();

    /// <summary>Starts the partitions whose restart is due, and gives up those whose kernels end again and again.</summary>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> Supervise() => Operate(_runtime.Supervise);

    /// <summary>Whether <see cref="DumpKernels"/> has something to do; asks the machine nothing.</summary>
    public bool NeedsDump => _runtime.Read(partitions => partitions.Any(partition => partition.AwaitsDump));

    /// <summary>Dumps the kernels that panicked or hang where that is wanted, each once. Holds up no operation.</summary>
    /// <param name="cancellation">Ends it; what is not dumped then is dumped by the next daemon.</param>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> DumpKernels(CancellationToken cancellation)
    {
        List<string> told = [];
        foreach ((PartitionName name, Guid bootId, DateTimeOffset startedAt) in _runtime.Read(partitions =>
            partitions.Where(partition => partition.AwaitsDump).Select(partition => (partition.Name, partition.BootId, partition.StartedAt!.Value)).ToArray()))
        {
            if (Dump(name, bootId, startedAt, cancellation) is not string text)
            {
                break;
            }

            _runtime.NoteDump(name, bootId, text);
            told.Add($"{name}: {text}");
        }

        return told;
    }

    // Null where it was ended.
    private string? Dump(PartitionName name, Guid bootId, DateTimeOffset startedAt, CancellationToken cancellation)
    {
        string path;
        try
        {
            path = _dumps.Prepare(name, startedAt, bootId);
            Inspection.Dump(name, new DumpRequest { Path = path, Zstd = true }, clientProcess: null, KeepsGoing);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or MachineException or RefusedException or UnauthorizedAccessException)
        {
            return $"not dumped: {failure.Message}";
        }

        try
        {
            _dumps.MakeRoom(name);
            return $"dumped to {path}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"dumped to {path}; an older dump stays: {failure.Message}";
        }

        void KeepsGoing()
        {
            cancellation.ThrowIfCancellationRequested();
            _dumps.ThrowUnlessRoom();
        }
    }

    /// <summary>Looks whether the machine is as it is held, and makes the journal smaller where that is worth it. To be called now and then.</summary>
    /// <returns>A sentence for each partition for which the machine is no longer, or again, as it was taken.</returns>
    public IReadOnlyList<string> Maintain()
    {
        IReadOnlyList<string> told = _runtime.CheckMachine();
        _runtime.CompactJournal();
        return told;
    }

    private string[] Adopt()
    {
        try
        {
            _runtime.CheckMachine();
            _runtime.Observe();
        }
        catch (MachineException cannotLook)
        {
            return [$"cannot look at the partitions: {cannotLook.Message}"];
        }

        return _runtime.Read(partitions => partitions.Where(partition => partition.MayRun).Select(partition => $"{partition.Name}: adopted, {ApiJson.NameOf(partition.State)}: {partition.Evidence.Text}").ToArray());
    }

    /// <summary>Starts the partitions that are to run when the daemon begins.</summary>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> Autostart() => Operate(_runtime.Autostart);
}
