namespace Parker.Planning.Configuration;

/// <summary>The tables and keys of a configuration: what the reader takes, and what the schema for editors describes.</summary>
public static class ConfigurationKeys
{
    /// <summary>The table of what the Boot Kernel keeps.</summary>
    public const string BootKernel = "boot-kernel";

    /// <summary>The table of a partition, once for each.</summary>
    public const string Partition = "partition";

    /// <summary>The keys of <see cref="BootKernel"/>.</summary>
    public static IReadOnlyList<string> BootKernelKeys { get; } = ["cores-per-node", "cpus"];

    /// <summary>The keys of <see cref="Partition"/>.</summary>
    public static IReadOnlyList<string> PartitionKeys { get; } =
        ["name", "cpus", "cpus-max", "memory", "memory-max", "node", "devices", "kernel", "initrd", "cmdline", "uart", "restart", "autostart", "dump"];

    /// <summary>The keys that each partition has.</summary>
    public static IReadOnlyList<string> RequiredPartitionKeys { get; } = ["name", "cpus", "memory", "kernel"];
}
