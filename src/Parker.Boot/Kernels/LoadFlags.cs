namespace Parker.Boot.Kernels;

// The header calls them flags.
#pragma warning disable CA1711

/// <summary><c>loadflags</c> of a bzImage; unknown bits are legal.</summary>
/// <remarks>asm/bootparam.h.</remarks>
[Flags]
public enum LoadFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>LOADED_HIGH</c>: the protected-mode code is loaded above 1 MiB: a bzImage, no zImage.</summary>
    LoadedHigh = 1 << 0,

    /// <summary><c>KASLR_FLAG</c>: for the kernel's own use.</summary>
    Kaslr = 1 << 1,

    /// <summary><c>QUIET_FLAG</c>: no early messages.</summary>
    Quiet = 1 << 5,

    /// <summary><c>KEEP_SEGMENTS</c>: obsolete.</summary>
    KeepSegments = 1 << 6,

    /// <summary><c>CAN_USE_HEAP</c>: for loaders in real mode.</summary>
    CanUseHeap = 1 << 7,
}
