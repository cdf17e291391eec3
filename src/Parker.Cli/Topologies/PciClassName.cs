namespace Parker.Cli.Topologies;

/// <summary>Names of PCI class codes.</summary>
/// <remarks>PCI Code and ID Assignment Specification 1.11, section 1; only those that servers have.</remarks>
internal static class PciClassName
{
    /// <summary>The name of the class, else of its base class.</summary>
    /// <param name="code">24 bits: base class, subclass, programming interface.</param>
    public static string Of(uint code) => (code >> 8) switch
    {
        0x0100 => "SCSI controller",
        0x0101 => "IDE controller",
        0x0104 => "RAID controller",
        0x0106 => "SATA controller",
        0x0107 => "SAS controller",
        0x0108 => "NVM Express",
        0x0200 => "Ethernet",
        0x0207 => "InfiniBand",
        0x0300 => "VGA display",
        0x0302 => "3D accelerator",
        0x0403 => "audio",
        0x0500 => "RAM",
        0x0502 => "CXL memory",
        0x0600 => "host bridge",
        0x0601 => "ISA bridge",
        0x0604 => "PCI bridge",
        0x0700 => "serial port",
        0x0780 => "communication",
        0x0800 => "I/O APIC",
        0x0801 => "DMA controller",
        0x0806 => "IOMMU",
        0x0807 => "root complex event collector",
        0x0880 => "system peripheral",
        0x0c03 => "USB controller",
        0x0c04 => "Fibre Channel",
        0x0c05 => "SMBus",
        0x0c06 => "InfiniBand",
        0x1080 => "encryption",
        0x1101 => "performance counters",
        0x1200 => "processing accelerator",
        _ => OfBase(code >> 16),
    };

    private static string OfBase(uint code) => code switch
    {
        0x01 => "storage",
        0x02 => "network",
        0x03 => "display",
        0x04 => "multimedia",
        0x05 => "memory",
        0x06 => "bridge",
        0x07 => "communication",
        0x08 => "system peripheral",
        0x09 => "input",
        0x0c => "serial bus",
        0x10 => "encryption",
        0x11 => "signal processing",
        0x12 => "processing accelerator",
        0x13 => "instrumentation",
        _ => "other",
    };
}
