namespace Parker.Firmware.MemoryMaps;

/// <summary>EFI_MEMORY_TYPE, as far as it is written here. An open enumeration.</summary>
/// <remarks>Source: UEFI 2.10, section 7.2.</remarks>
public enum EfiMemoryType : uint
{
    /// <summary>EfiReservedMemoryType.</summary>
    Reserved = 0,

    /// <summary>EfiRuntimeServicesCode.</summary>
    RuntimeServicesCode = 5,

    /// <summary>EfiRuntimeServicesData.</summary>
    RuntimeServicesData = 6,

    /// <summary>EfiConventionalMemory.</summary>
    Conventional = 7,

    /// <summary>EfiACPIReclaimMemory.</summary>
    AcpiReclaim = 9,
}
