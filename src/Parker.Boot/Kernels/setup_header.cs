using System.Runtime.InteropServices;

namespace Parker.Boot.Kernels;

// The kernel's names stay as asm/bootparam.h has them.
#pragma warning disable IDE1006, CA1707, CA1051

/// <summary>The part of a bzImage's first sectors that the loader hands on to the kernel, at <see cref="boot_params.hdr"/>.</summary>
/// <remarks>asm/bootparam.h and Documentation/arch/x86/boot.rst, protocol 2.15: 123 bytes from 0x1f1 on, in the file and in <see cref="boot_params"/> alike.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct setup_header
{
    /// <summary>The number of 512-byte sectors of real-mode code after the first; 0 means 4.</summary>
    public byte setup_sects;
    /// <summary>Obsolete: whether the root is mounted read-only.</summary>
    public ushort root_flags;
    /// <summary>The length of the protected-mode code in units of 16 bytes.</summary>
    public uint syssize;
    /// <summary>Obsolete.</summary>
    public ushort ram_size;
    /// <summary>The video mode.</summary>
    public ushort vid_mode;
    /// <summary>Obsolete: the root device's number.</summary>
    public ushort root_dev;
    /// <summary>0xAA55.</summary>
    public ushort boot_flag;
    /// <summary>A short jump over the rest of the header; its displacement tells the header's end.</summary>
    public ushort jump;
    /// <summary><c>HdrS</c>.</summary>
    public uint header;
    /// <summary>The boot protocol's version: major in the high byte, minor in the low one.</summary>
    public ushort version;
    /// <summary>A hook for loaders in real mode.</summary>
    public uint realmode_swtch;
    /// <summary>Obsolete.</summary>
    public ushort start_sys_seg;
    /// <summary>The offset of the release text less 0x200; 0 for none.</summary>
    public ushort kernel_version;
    /// <summary>The loader's number; 0xff for one without.</summary>
    public byte type_of_loader;
    /// <summary>See <see cref="LoadFlags"/>.</summary>
    public byte loadflags;
    /// <summary>For loaders in real mode.</summary>
    public ushort setup_move_size;
    /// <summary>For loaders in real mode.</summary>
    public uint code32_start;
    /// <summary>The initrd's address, low 32 bits.</summary>
    public uint ramdisk_image;
    /// <summary>The initrd's length, low 32 bits.</summary>
    public uint ramdisk_size;
    /// <summary>Obsolete.</summary>
    public uint bootsect_kludge;
    /// <summary>For loaders in real mode.</summary>
    public ushort heap_end_ptr;
    /// <summary>The loader's version, extended.</summary>
    public byte ext_loader_ver;
    /// <summary>The loader's number, extended.</summary>
    public byte ext_loader_type;
    /// <summary>The command line's address, low 32 bits.</summary>
    public uint cmd_line_ptr;
    /// <summary>The highest address of an initrd for loaders that cannot place it above 4 GiB.</summary>
    public uint initrd_addr_max;
    /// <summary>The alignment of the load address.</summary>
    public uint kernel_alignment;
    /// <summary>Whether the kernel can be loaded anywhere.</summary>
    public byte relocatable_kernel;
    /// <summary>The least alignment that works, as a power of two.</summary>
    public byte min_alignment;
    /// <summary>See <see cref="ExtendedLoadFlags"/>.</summary>
    public ushort xloadflags;
    /// <summary>The longest command line, without its NUL.</summary>
    public uint cmdline_size;
    /// <summary>0 for a PC.</summary>
    public uint hardware_subarch;
    /// <summary>For other than a PC.</summary>
    public ulong hardware_subarch_data;
    /// <summary>Where the compressed kernel lies, from the start of the protected-mode code.</summary>
    public uint payload_offset;
    /// <summary>The compressed kernel's length.</summary>
    public uint payload_length;
    /// <summary>The physical address of a list of further data for the kernel; 0 for none.</summary>
    public ulong setup_data;
    /// <summary>The load address that the kernel likes best.</summary>
    public ulong pref_address;
    /// <summary>The contiguous memory that the kernel needs from its load address on before it reads its memory map.</summary>
    public uint init_size;
    /// <summary>The entry for UEFI's handover.</summary>
    public uint handover_offset;
    /// <summary>Where <c>kernel_info</c> lies, from the start of the protected-mode code.</summary>
    public uint kernel_info_offset;
}
