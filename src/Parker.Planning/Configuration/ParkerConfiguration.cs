namespace Parker.Planning.Configuration;

/// <summary>What <c>/etc/parker/parker.toml</c> says.</summary>
/// <param name="BootKernel">What the Boot Kernel keeps.</param>
/// <param name="Partitions">The partitions in the order of the file, no name twice.</param>
public sealed record ParkerConfiguration(BootKernelShare BootKernel, IReadOnlyList<PartitionSettings> Partitions)
{
    /// <summary>Where it is unless asked otherwise.</summary>
    public static string DefaultPath => "/etc/parker/parker.toml";
}
