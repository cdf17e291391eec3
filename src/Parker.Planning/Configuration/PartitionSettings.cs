using Parker.Partition;
using Parker.Planning.Explicit;

namespace Parker.Planning.Configuration;

/// <summary>One partition of a configuration.</summary>
/// <param name="Wish">What it gets.</param>
/// <param name="Restart">When it is started again.</param>
/// <param name="Autostart">Whether it is to run once the configuration is applied.</param>
/// <param name="Dump">Whether its memory is dumped when its kernel panics or hangs.</param>
public sealed record PartitionSettings(PartitionWish Wish, RestartPolicy Restart, bool Autostart, bool Dump = false)
{
    /// <summary>What is done for it without anybody asking.</summary>
    public PartitionPolicy Policy => new(Restart, Autostart, Dump);
}
