using Parker.Boot.Kernels;
using Parker.Firmware.MemoryMaps;
using Parker.Headers;

namespace Parker.Boot.Tests.Kernels;

/// <summary>Holds every mirrored structure and constant against the kernel's own header, with the C compiler as the judge.</summary>
public sealed class AbiTests
{
    [Fact]
    public void Mirrors_of_the_boot_protocol_agree_with_the_kernels_header()
    {
        HeaderOracle oracle = new("asm/bootparam.h");
        oracle.Structure(typeof(setup_header));
        oracle.Structure(typeof(boot_e820_entry));
        oracle.Structure(typeof(efi_info));
        oracle.Structure(typeof(boot_params));
        oracle.Equal("E820_MAX_ENTRIES_ZEROPAGE", boot_e820_table.Length);
        oracle.Equal("E820_MAX_ENTRIES_ZEROPAGE", E820Map.MaximumEntries);
        oracle.Equal("sizeof(struct boot_e820_entry)", E820Map.EntryBytes);
        oracle.Equal("offsetof(struct boot_params, hdr)", KernelImage.SetupHeaderOffset);
        oracle.Equal("LOADED_HIGH", (int)LoadFlags.LoadedHigh);
        oracle.Equal("KASLR_FLAG", (int)LoadFlags.Kaslr);
        oracle.Equal("QUIET_FLAG", (int)LoadFlags.Quiet);
        oracle.Equal("KEEP_SEGMENTS", (int)LoadFlags.KeepSegments);
        oracle.Equal("CAN_USE_HEAP", (int)LoadFlags.CanUseHeap);
        oracle.Equal("XLF_KERNEL_64", (int)ExtendedLoadFlags.Kernel64);
        oracle.Equal("XLF_CAN_BE_LOADED_ABOVE_4G", (int)ExtendedLoadFlags.CanBeLoadedAbove4G);
        oracle.Equal("XLF_EFI_HANDOVER_32", (int)ExtendedLoadFlags.EfiHandover32);
        oracle.Equal("XLF_EFI_HANDOVER_64", (int)ExtendedLoadFlags.EfiHandover64);
        oracle.Equal("XLF_EFI_KEXEC", (int)ExtendedLoadFlags.EfiKexec);
        oracle.Equal("XLF_5LEVEL", (int)ExtendedLoadFlags.FiveLevel);
        oracle.Equal("XLF_5LEVEL_ENABLED", (int)ExtendedLoadFlags.FiveLevelEnabled);
        oracle.Check();
    }
}
