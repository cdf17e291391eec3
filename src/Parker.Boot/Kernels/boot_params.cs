using System.Runtime.InteropServices;

namespace Parker.Boot.Kernels;

// The kernel's names stay as asm/bootparam.h has them.
#pragma warning disable IDE1006, CA1707, CA1051

/// <summary>What a loader tells the kernel, the "zero page": one page whose physical address is in RSI at the 64-bit entry. Fields that are always 0 here are left out.</summary>
/// <remarks>asm/bootparam.h: 4096 bytes.</remarks>
[StructLayout(LayoutKind.Explicit, Size = Length)]
public struct boot_params
{
    /// <summary>The number of bytes: one page.</summary>
    public const int Length = 0x1000;

    /// <summary>The ACPI RSDP's address; 0 where the kernel is to search for it.</summary>
    [FieldOffset(0x070)]
    public ulong acpi_rsdp_addr;

    /// <summary>The initrd's address, high 32 bits.</summary>
    [FieldOffset(0x0c0)]
    public uint ext_ramdisk_image;

    /// <summary>The initrd's length, high 32 bits.</summary>
    [FieldOffset(0x0c4)]
    public uint ext_ramdisk_size;

    /// <summary>The command line's address, high 32 bits.</summary>
    [FieldOffset(0x0c8)]
    public uint ext_cmd_line_ptr;

    /// <summary>UEFI.</summary>
    [FieldOffset(0x1c0)]
    public efi_info efi_info;

    /// <summary>The number of entries in <see cref="e820_table"/>.</summary>
    [FieldOffset(0x1e8)]
    public byte e820_entries;

    /// <summary>Secure Boot's state; 0 for unset.</summary>
    [FieldOffset(0x1ec)]
    public byte secure_boot;

    /// <summary>0, else the kernel clears parts of this page.</summary>
    [FieldOffset(0x1ef)]
    public byte sentinel;

    /// <summary>The header of the image, with the loader's fields filled in.</summary>
    [FieldOffset(0x1f1)]
    public setup_header hdr;

    /// <summary>The memory map.</summary>
    [FieldOffset(0x2d0)]
    public boot_e820_table e820_table;
}
