using System.Runtime.InteropServices;

namespace Parker.Boot.Kernels;

// The kernel's names stay as asm/bootparam.h has them.
#pragma warning disable IDE1006, CA1707, CA1051

/// <summary>One range of the memory map that a loader hands over.</summary>
/// <remarks>asm/bootparam.h: 20 bytes.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct boot_e820_entry
{
    /// <summary>The first address.</summary>
    public ulong addr;
    /// <summary>The number of bytes.</summary>
    public ulong size;
    /// <summary>1 usable, 2 reserved, 3 ACPI tables, 4 ACPI non-volatile.</summary>
    public uint type;
}
