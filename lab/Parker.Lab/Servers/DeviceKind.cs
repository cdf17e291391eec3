namespace Parker.Lab.Servers;

/// <summary>A kind of PCI device that an emulated server can have behind a root port of its own.</summary>
public enum DeviceKind
{
    /// <summary>An NVMe disk.</summary>
    Nvme,

    /// <summary>A virtio disk.</summary>
    VirtioBlk,

    /// <summary>An Intel 82574 network card.</summary>
    E1000e,

    /// <summary>A virtio network card.</summary>
    VirtioNet,
}
