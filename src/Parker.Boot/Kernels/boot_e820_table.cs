using System.Runtime.CompilerServices;

namespace Parker.Boot.Kernels;

// The kernel's names stay as asm/bootparam.h has them.
#pragma warning disable IDE1006, CA1707, IDE0044, IDE0051

/// <summary>The memory map in <see cref="boot_params"/>: E820_MAX_ENTRIES_ZEROPAGE entries.</summary>
[InlineArray(Length)]
public struct boot_e820_table
{
    /// <summary>E820_MAX_ENTRIES_ZEROPAGE.</summary>
    public const int Length = 128;

    private boot_e820_entry _first;
}
