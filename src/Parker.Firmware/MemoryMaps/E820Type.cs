namespace Parker.Firmware.MemoryMaps;

/// <summary>The type of an e820 entry. An open enumeration: other values are legal.</summary>
/// <remarks>Source: ACPI 6.5, table 15.1; arch/x86/include/uapi/asm/bootparam.h.</remarks>
public enum E820Type : uint
{
    /// <summary>AddressRangeMemory.</summary>
    Ram = 1,

    /// <summary>AddressRangeReserved.</summary>
    Reserved = 2,

    /// <summary>AddressRangeACPI: free once the tables are read.</summary>
    Acpi = 3,
}
