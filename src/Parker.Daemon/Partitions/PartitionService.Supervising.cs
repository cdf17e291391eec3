namespace Parker.Daemon.Partitions;

/// <content>What is done without anybody asking.</content>
public sealed partial class PartitionService
{
    /// <summary>Whether <see cref="Supervise"/> has something to do; asks the machine nothing.</summary>
    public bool NeedsSupervision => _runtime.NeedsSupervision();

    /// <summary>Starts the partitions whose restart is due, and gives up those whose kernels end again and again.</summary>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> Supervise() => Operate(_runtime.Supervise);

    /// <summary>Starts the partitions that are to run when the daemon begins.</summary>
    /// <returns>A sentence for each.</returns>
    public IReadOnlyList<string> Autostart() => Operate(_runtime.Autostart);
}
