using System.Buffers.Binary;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Firmware.MemoryMaps;

/// <summary>The EFI memory map that <c>efi_info</c> points to.</summary>
/// <remarks>
/// One EFI_MEMORY_DESCRIPTOR (UEFI 2.10, section 7.2), little endian; a descriptor is longer than its fields, as firmware makes them, so that nobody steps by <c>sizeof</c>:
/// <code>
/// 0x00  4  Type
/// 0x04  4  zero
/// 0x08  8  PhysicalStart
/// 0x10  8  VirtualStart, zero
/// 0x18  8  NumberOfPages, 4 KiB each
/// 0x20  8  Attribute
/// 0x28  8  zero
/// </code>
/// Configuration space is written as reserved, not as EfiMemoryMappedIO: kernels since 6.2 take large ranges of that type out of the e820 map again (arch/x86/platform/efi/efi.c,
/// <c>efi_remove_e820_mmio</c>), and ECAM must be reserved there.
/// </remarks>
public static class EfiMemoryMap
{
    /// <summary>The distance from one descriptor to the next.</summary>
    public const int DescriptorBytes = 48;

    /// <summary>EFI_MEMORY_DESCRIPTOR_VERSION.</summary>
    public const uint DescriptorVersion = 1;

    /// <summary>EFI_MEMORY_WB: cacheable, write-back.</summary>
    public const ulong WriteBack = 0x8;

    /// <summary>EFI_MEMORY_RUNTIME: mapped while runtime services are called.</summary>
    public const ulong Runtime = 0x8000_0000_0000_0000;

    /// <summary>Writes an address map as descriptors.</summary>
    /// <param name="map">Ascending and disjoint, as <see cref="PartitionLayout.AddressMap"/> is.</param>
    /// <returns>One descriptor for each entry, in the same order.</returns>
    public static byte[] Build(IReadOnlyList<AddressMapEntry> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        byte[] bytes = new byte[map.Count * DescriptorBytes];
        Span<byte> rest = bytes;
        foreach (AddressMapEntry part in map)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, (uint)TypeOf(part.Kind));
            BinaryPrimitives.WriteUInt64LittleEndian(rest[0x08..], part.Range.Start.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[0x18..], part.Range.Length / ByteSize.Page);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[0x20..], AttributeOf(part.Kind));
            rest = rest[DescriptorBytes..];
        }

        return bytes;
    }

    /// <summary>The EFI type for a kind of address.</summary>
    public static EfiMemoryType TypeOf(AddressKind kind) => kind switch
    {
        AddressKind.Usable => EfiMemoryType.Conventional,
        AddressKind.AcpiReclaimable => EfiMemoryType.AcpiReclaim,
        AddressKind.RuntimeCode => EfiMemoryType.RuntimeServicesCode,
        AddressKind.RuntimeData => EfiMemoryType.RuntimeServicesData,
        _ => EfiMemoryType.Reserved,
    };

    /// <summary>The attributes for a kind of address.</summary>
    public static ulong AttributeOf(AddressKind kind) => kind switch
    {
        AddressKind.RuntimeCode or AddressKind.RuntimeData => Runtime | WriteBack,
        AddressKind.MemoryMappedIo => 0,
        _ => WriteBack,
    };
}
