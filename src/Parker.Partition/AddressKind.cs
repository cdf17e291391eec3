namespace Parker.Partition;

/// <summary>What the Application Kernel may do with addresses; one description from which e820 and EFI maps are both written.</summary>
public enum AddressKind
{
    /// <summary>RAM to use freely.</summary>
    Usable,

    /// <summary>Not to be touched.</summary>
    Reserved,

    /// <summary>ACPI tables; usable once they are read.</summary>
    AcpiReclaimable,

    /// <summary>Code of the UEFI runtime.</summary>
    RuntimeCode,

    /// <summary>Data of the UEFI runtime.</summary>
    RuntimeData,

    /// <summary>Configuration space of granted buses: reserved, and not RAM.</summary>
    MemoryMappedIo,
}
