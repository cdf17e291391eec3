using System.Runtime.InteropServices;

namespace Parker.Boot.Kernels;

// The kernel's names stay as asm/bootparam.h has them.
#pragma warning disable IDE1006, CA1707, CA1051

/// <summary>Where the kernel finds UEFI.</summary>
/// <remarks>asm/bootparam.h: 32 bytes.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct efi_info
{
    /// <summary><see cref="efi_loader_signature"/> of a 64-bit UEFI: <c>EL64</c>.</summary>
    public const uint EFI64_LOADER_SIGNATURE = 0x34364c45;

    /// <summary><see cref="EFI64_LOADER_SIGNATURE"/>; 0 where there is no UEFI.</summary>
    public uint efi_loader_signature;
    /// <summary>The system table's address, low 32 bits.</summary>
    public uint efi_systab;
    /// <summary>The length of a memory descriptor.</summary>
    public uint efi_memdesc_size;
    /// <summary>The version of a memory descriptor: 1.</summary>
    public uint efi_memdesc_version;
    /// <summary>The memory map's address, low 32 bits.</summary>
    public uint efi_memmap;
    /// <summary>The memory map's length in bytes.</summary>
    public uint efi_memmap_size;
    /// <summary>The system table's address, high 32 bits.</summary>
    public uint efi_systab_hi;
    /// <summary>The memory map's address, high 32 bits.</summary>
    public uint efi_memmap_hi;
}
