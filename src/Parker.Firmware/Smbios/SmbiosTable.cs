using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Firmware.Smbios;

/// <summary>A minimal SMBIOS 3 table: what <c>dmidecode</c> shows in a partition.</summary>
/// <remarks>
/// DMTF DSP0134 3.7: the 64-bit entry point (section 5.2.2), then structures of type 0 (firmware), 1 (system) and 127 (end). Linux trusts an ECAM above 4 GiB only where the
/// firmware's year is 2010 or later (arch/x86/pci/mmconfig-shared.c, <c>acpi_mcfg_valid_entry</c>).
/// </remarks>
public static class SmbiosTable
{
    private const int EntryPointBytes = 24;
    private const int StructuresAt = 32;

    /// <summary>Builds the entry point and the structures behind it.</summary>
    /// <param name="start">Where they will lie, partition-physical; a multiple of 16.</param>
    /// <param name="name">The partition: serial number and SKU of the system.</param>
    /// <param name="bootId">The boot: UUID of the system.</param>
    /// <param name="date">The firmware's date.</param>
    /// <returns>At most one page.</returns>
    public static byte[] Build(PhysicalAddress start, PartitionName name, Guid bootId, DateOnly date)
    {
        using MemoryStream structures = new();
        WriteStructure(structures, Firmware(), "Parker", "1", date.ToString("MM'/'dd'/'yyyy", CultureInfo.InvariantCulture));
        WriteStructure(structures, System(bootId), "Parker", "Parker partition", "1", name.ToString(), name.ToString(), "Parker");
        WriteStructure(structures, [127, 4, 0x02, 0x00]);

        byte[] table = new byte[StructuresAt + structures.Length];
        structures.ToArray().CopyTo(table, StructuresAt);
        Span<byte> entry = table.AsSpan(0, EntryPointBytes);
        "_SM3_"u8.CopyTo(entry);
        entry[0x06] = EntryPointBytes;
        entry[0x07] = 3;
        entry[0x08] = 7;
        entry[0x0A] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(entry[0x0C..], (uint)structures.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[0x10..], start.Value + StructuresAt);
        entry[0x05] = Checksum(entry);
        return table;
    }

    /// <summary>Type 0, section 7.1: vendor, version and date are strings 1 to 3; UEFI, no other feature.</summary>
    private static byte[] Firmware()
    {
        byte[] structure = new byte[0x1A];
        structure[0x00] = 0;
        structure[0x01] = 0x1A;
        structure[0x04] = 1;
        structure[0x05] = 2;
        structure[0x08] = 3;
        structure[0x0A] = 0x08; // Characteristics are not supported.
        structure[0x13] = 0x08; // Extension byte 2: UEFI.
        structure[0x14] = 0xFF;
        structure[0x15] = 0xFF;
        structure[0x16] = 0xFF;
        structure[0x17] = 0xFF;
        return structure;
    }

    /// <summary>Type 1, section 7.2: manufacturer, product, version, serial number, SKU and family are strings 1 to 6; woken by an unknown event.</summary>
    private static byte[] System(Guid bootId)
    {
        byte[] structure = new byte[0x1B];
        structure[0x00] = 1;
        structure[0x01] = 0x1B;
        structure[0x02] = 0x01;
        structure[0x04] = 1;
        structure[0x05] = 2;
        structure[0x06] = 3;
        structure[0x07] = 4;
        bootId.TryWriteBytes(structure.AsSpan(0x08));
        structure[0x18] = 2;
        structure[0x19] = 5;
        structure[0x1A] = 6;
        return structure;
    }

    /// <summary>A structure, its strings each with a NUL, and another NUL; two where there are no strings (section 6.1.3).</summary>
    private static void WriteStructure(MemoryStream stream, ReadOnlySpan<byte> structure, params ReadOnlySpan<string> strings)
    {
        stream.Write(structure);
        foreach (string text in strings)
        {
            stream.Write(Encoding.ASCII.GetBytes(text));
            stream.WriteByte(0);
        }

        if (strings.IsEmpty)
        {
            stream.WriteByte(0);
        }

        stream.WriteByte(0);
    }

    /// <summary>The byte that makes the sum of all bytes 0.</summary>
    private static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value;
        }

        return unchecked((byte)-sum);
    }
}
