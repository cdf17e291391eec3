using Parker.Api;
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
