using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Firmware.Uefi;

/// <summary>The tables of the UEFI runtime: system table, runtime services, configuration table.</summary>
/// <remarks>
/// UEFI 2.10, sections 4.3 to 4.6, little endian. Offsets in the page:
/// <code>
/// 0x000  120  EFI_SYSTEM_TABLE
/// 0x080  136  EFI_RUNTIME_SERVICES
/// 0x180  72   EFI_CONFIGURATION_TABLE x 3: ACPI 2.0, SMBIOS 3, runtime properties
/// 0x200  8    EFI_RT_PROPERTIES_TABLE
/// 0x220  14   firmware vendor, "Parker" in UCS-2 with its NUL
/// </code>
/// Only SetVirtualAddressMap and ResetSystem do something. The rest answers EFI_UNSUPPORTED, GetTime too: Linux on x86 never asks for the time by UEFI (it has
/// <c>x86_platform.get_wallclock</c>), and what we could answer would be a guess.
/// </remarks>
public static class UefiTables
{
    /// <summary>The revision that the tables are written for: 2.8, the first with EFI_RT_PROPERTIES_TABLE.</summary>
    public const uint Revision = (2 << 16) | 80;

    /// <summary>EFI_RT_SUPPORTED_SET_VIRTUAL_ADDRESS_MAP and EFI_RT_SUPPORTED_RESET_SYSTEM.</summary>
    public const uint SupportedServices = 0x0080 | 0x0400;

    /// <summary>EFI_ACPI_20_TABLE_GUID.</summary>
    public static readonly Guid AcpiTable = new("8868e871-e4f1-11d3-bc22-0080c73c8881");

    /// <summary>SMBIOS3_TABLE_GUID.</summary>
    public static readonly Guid Smbios3Table = new("f2fd1544-9794-4a2c-992e-e5bbcf20e394");

    /// <summary>EFI_RT_PROPERTIES_TABLE_GUID.</summary>
    public static readonly Guid RuntimePropertiesTable = new("eb66918a-7eef-402a-842e-931d21c38ae9");

    private const int SystemTableBytes = 120;
    private const int RuntimeServicesAt = 0x080;
    private const int RuntimeServicesBytes = 136;
    private const int ConfigurationTableAt = 0x180;
    private const int RuntimePropertiesAt = 0x200;
    private const int VendorAt = 0x220;
    private const int SetVirtualAddressMapIndex = 4;
    private const int ResetSystemIndex = 10;
    private const int ServiceCount = 14;

    private static ReadOnlySpan<byte> SystemTableSignature => "IBI SYST"u8;

    private static ReadOnlySpan<byte> RuntimeServicesSignature => "RUNTSERV"u8;

    /// <summary>Builds the page of tables.</summary>
    /// <param name="layout">Where everything lies.</param>
    /// <param name="code">The services' code.</param>
    /// <param name="rsdp">The RSDP, partition-physical.</param>
    /// <returns>The bytes for <see cref="PartitionLayout.UefiData"/>; the system table is its first.</returns>
    public static byte[] Build(PartitionLayout layout, UefiRuntimeCode code, PhysicalAddress rsdp)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(code);
        byte[] page = new byte[VendorAt + 14];
        PhysicalAddress start = layout.UefiData.Start;
        WriteRuntimeServices(page.AsSpan(RuntimeServicesAt, RuntimeServicesBytes), layout.UefiCode.Start, code);
        Span<byte> configuration = page.AsSpan(ConfigurationTableAt);
        configuration = WriteConfiguration(configuration, AcpiTable, rsdp);
        configuration = WriteConfiguration(configuration, Smbios3Table, layout.Smbios.Start);
        WriteConfiguration(configuration, RuntimePropertiesTable, start + new ByteSize(RuntimePropertiesAt));
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(RuntimePropertiesAt), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(RuntimePropertiesAt + 2), 8);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(RuntimePropertiesAt + 4), SupportedServices);
        Encoding.Unicode.GetBytes("Parker", page.AsSpan(VendorAt));
        WriteSystemTable(page.AsSpan(0, SystemTableBytes), start);
        return page;
    }

    private static void WriteSystemTable(Span<byte> table, PhysicalAddress start)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(table[0x18..], start.Value + VendorAt);
        BinaryPrimitives.WriteUInt32LittleEndian(table[0x20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(table[0x58..], start.Value + RuntimeServicesAt);
        BinaryPrimitives.WriteUInt64LittleEndian(table[0x68..], 3);
        BinaryPrimitives.WriteUInt64LittleEndian(table[0x70..], start.Value + ConfigurationTableAt);
        WriteTableHeader(table, SystemTableSignature);
    }

    private static void WriteRuntimeServices(Span<byte> table, PhysicalAddress codeStart, UefiRuntimeCode code)
    {
        for (int index = 0; index < ServiceCount; index++)
        {
            ByteSize offset = index switch
            {
                SetVirtualAddressMapIndex => code.SetVirtualAddressMap,
                ResetSystemIndex => code.ResetSystem,
                _ => code.Unsupported,
            };
            BinaryPrimitives.WriteUInt64LittleEndian(table[(0x18 + (8 * index))..], (codeStart + offset).Value);
        }

        WriteTableHeader(table, RuntimeServicesSignature);
    }

    /// <summary>EFI_TABLE_HEADER: signature, revision, length, and the CRC-32 of the whole table with that word as 0.</summary>
    private static void WriteTableHeader(Span<byte> table, ReadOnlySpan<byte> signature)
    {
        signature.CopyTo(table);
        BinaryPrimitives.WriteUInt32LittleEndian(table[0x08..], Revision);
        BinaryPrimitives.WriteUInt32LittleEndian(table[0x0C..], (uint)table.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(table[0x10..], Crc32.HashToUInt32(table));
    }

    private static Span<byte> WriteConfiguration(Span<byte> entry, Guid guid, PhysicalAddress table)
    {
        guid.TryWriteBytes(entry);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], table.Value);
        return entry[24..];
    }
}
