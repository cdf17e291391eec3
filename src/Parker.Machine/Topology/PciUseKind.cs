namespace Parker.Machine.Topology;

/// <summary>How the Boot Kernel uses a function.</summary>
public enum PciUseKind
{
    /// <summary>A file system on it is mounted.</summary>
    Mount,

    /// <summary>Swap is on it.</summary>
    Swap,

    /// <summary>It is a member of an LVM, device-mapper or RAID volume.</summary>
    Volume,

    /// <summary>A network interface on it is up.</summary>
    NetworkInterface,

    /// <summary>It drives the console.</summary>
    Console,
}
