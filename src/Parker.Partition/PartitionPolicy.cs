namespace Parker.Partition;

/// <summary>What is done for a partition without anybody asking. It may change while the partition runs.</summary>
/// <param name="Restart">When it is started again.</param>
/// <param name="Autostart">Whether the daemon starts it when it begins.</param>
/// <param name="Dump">Whether its memory is written to a file when its kernel panics or hangs, before it is started again.</param>
public sealed record PartitionPolicy(RestartPolicy Restart, bool Autostart, bool Dump = false)
{
    /// <summary>Nothing.</summary>
    public static PartitionPolicy None { get; } = new(RestartPolicy.Never, Autostart: false);
}
