namespace Parker.Boot.Kernels;

// The header calls them flags.
#pragma warning disable CA1711

/// <summary><c>xloadflags</c> of a bzImage; unknown bits are legal.</summary>
/// <remarks>asm/bootparam.h.</remarks>
[Flags]
public enum ExtendedLoadFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>XLF_KERNEL_64</c>: has the 64-bit entry at 0x200.</summary>
    Kernel64 = 1 << 0,

    /// <summary><c>XLF_CAN_BE_LOADED_ABOVE_4G</c>: kernel, boot_params, command line and initrd may lie above 4 GiB.</summary>
    CanBeLoadedAbove4G = 1 << 1,

    /// <summary><c>XLF_EFI_HANDOVER_32</c>.</summary>
    EfiHandover32 = 1 << 2,

    /// <summary><c>XLF_EFI_HANDOVER_64</c>.</summary>
    EfiHandover64 = 1 << 3,

    /// <summary><c>XLF_EFI_KEXEC</c>: finds UEFI when started by kexec.</summary>
    EfiKexec = 1 << 4,

    /// <summary><c>XLF_5LEVEL</c>: knows 5-level paging.</summary>
    FiveLevel = 1 << 5,

    /// <summary><c>XLF_5LEVEL_ENABLED</c>: uses 5-level paging where the CPU has it.</summary>
    FiveLevelEnabled = 1 << 6,
}
