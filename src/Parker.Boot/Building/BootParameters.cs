using System.Runtime.InteropServices;
using Parker.Boot.Kernels;
using Parker.Firmware;
using Parker.Firmware.MemoryMaps;
using Parker.Partition;

namespace Parker.Boot.Building;

/// <summary>Fills <c>boot_params</c> for the 64-bit entry.</summary>
/// <remarks>Documentation/arch/x86/boot.rst and zero-page.rst.</remarks>
internal static class BootParameters
{
    private const byte LoaderWithoutNumber = 0xff;
    private const ushort NormalVideoMode = 0xffff;
    private const byte SecureBootDisabled = 2;
    private const int E820TableAt = 0x2d0;

    /// <summary>The page's content.</summary>
    /// <param name="kernel">Gives the header.</param>
    /// <param name="layout">Where command line, initrd and maps lie.</param>
    /// <param name="description">Gives RSDP and maps.</param>
    public static byte[] Build(KernelImage kernel, PartitionLayout layout, MachineDescription description)
    {
        byte[] page = new byte[boot_params.Length];
        kernel.SetupHeader.Span.CopyTo(page.AsSpan(KernelImage.SetupHeaderOffset));
        ref boot_params parameters = ref MemoryMarshal.AsRef<boot_params>(page.AsSpan());
        parameters.acpi_rsdp_addr = description.Acpi.Rsdp.Value;
        parameters.hdr.type_of_loader = LoaderWithoutNumber;
        parameters.hdr.vid_mode = NormalVideoMode;
        parameters.secure_boot = SecureBootDisabled;
        (parameters.hdr.cmd_line_ptr, parameters.ext_cmd_line_ptr) = Split(layout.CommandLine.Start.Value);
        if (!layout.Initrd.IsEmpty)
        {
            (parameters.hdr.ramdisk_image, parameters.ext_ramdisk_image) = Split(layout.Initrd.Start.Value);
            (parameters.hdr.ramdisk_size, parameters.ext_ramdisk_size) = Split(layout.Initrd.Length.Bytes);
        }

        parameters.efi_info.efi_loader_signature = efi_info.EFI64_LOADER_SIGNATURE;
        (parameters.efi_info.efi_systab, parameters.efi_info.efi_systab_hi) = Split(layout.UefiData.Start.Value);
        (parameters.efi_info.efi_memmap, parameters.efi_info.efi_memmap_hi) = Split(layout.EfiMemoryMap.Start.Value);
        parameters.efi_info.efi_memmap_size = checked((uint)description.EfiMemoryMapBytes.Length);
        parameters.efi_info.efi_memdesc_size = EfiMemoryMap.DescriptorBytes;
        parameters.efi_info.efi_memdesc_version = EfiMemoryMap.DescriptorVersion;
        parameters.e820_entries = checked((byte)description.E820.Count);
        E820Map.Write(description.E820, page.AsSpan(E820TableAt));
        return page;
    }

    private static (uint Low, uint High) Split(ulong value) => ((uint)(value & uint.MaxValue), (uint)(value >> 32));
}
