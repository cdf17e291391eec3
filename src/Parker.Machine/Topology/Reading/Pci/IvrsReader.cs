using System.Buffers.Binary;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads the IVRS table: AMD's IOMMU units.</summary>
/// <remarks>
/// AMD I/O Virtualization Technology Specification, chapter 5.2. After the header 4 bytes of information and 8 reserved; then blocks:
/// <code>
/// IVHD  0 1 type (10h, 11h, 40h)   1 1 flags   2 2 length   4 2 unit's own number   8 8 registers   16 2 segment   24 (10h) or 40 device entries
/// IVMD  0 1 type (20h, 21h, 22h)   1 1 flags   2 2 length   4 2 first   6 2 last   8 2 segment   16 8 start   24 8 length
/// </code>
/// Numbers of functions are bus in bits 15:8, device 7:3, function 2:0. Firmware describes a unit up to three times, for kernels of different age: the
/// highest type counts (drivers/iommu/amd/init.c, <c>get_highest_supported_ivhd_type</c>).
/// </remarks>
internal static class IvrsReader
{
    private const int FirstBlock = AcpiTable.HeaderLength + 12;
    private const int ReservedLength = 32;

    public static IvrsTable? Read(SourceReader reader, PciScope scope)
    {
        if (AcpiTable.Read(reader.Source, "IVRS", reader.Diagnostics) is not AcpiTable table)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = table.Bytes.Span;
        if (bytes.Length < FirstBlock)
        {
            reader.Diagnostics.Warning("TOPO013", table.Place, "The ACPI table ends within its fixed fields; none of its structures are read.");
            return null;
        }

        Dictionary<(uint Segment, ulong Registers), (byte Type, IommuUnit Unit)> units = [];
        List<IommuReservedMemory> reserved = [];
        int at = FirstBlock;
        while (at < bytes.Length)
        {
            int length = at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]) : 0;
            if (length < 4 || length > bytes.Length - at)
            {
                reader.Diagnostics.Warning("TOPO013", table.Place, $"The structure at offset 0x{at:x} of the ACPI table has an impossible length; it and what follows are not read.");
                break;
            }

            byte type = bytes[at];
            ReadOnlySpan<byte> block = bytes.Slice(at, length);
            if (type is 0x10 or 0x11 or 0x40)
            {
                if (Unit(reader, scope, table.Place, at, block) is IommuUnit unit
                    && (!units.TryGetValue((unit.Segment, unit.Registers.Value), out (byte Type, IommuUnit Unit) known) || known.Type < type))
                {
                    units[(unit.Segment, unit.Registers.Value)] = (type, unit);
                }
            }
            else if (type is 0x20 or 0x21 or 0x22 && Reserved(reader, scope, table.Place, at, block) is IommuReservedMemory memory)
            {
                reserved.Add(memory);
            }

            at += length;
        }

        return new IvrsTable([.. units.Values.Select(entry => entry.Unit)], reserved);
    }

    private static IommuUnit? Unit(SourceReader reader, PciScope scope, string place, int offset, ReadOnlySpan<byte> block)
    {
        int entries = block[0] == 0x10 ? 24 : 40;
        ulong registers = block.Length >= entries ? BinaryPrimitives.ReadUInt64LittleEndian(block[8..]) : 0;
        if (registers is 0 or > ulong.MaxValue - 4096)
        {
            Impossible(reader, place, offset, block.Length < entries ? "is shorter than an IVHD" : $"places a unit's registers at 0x{registers:x}");
            return null;
        }

        uint segment = BinaryPrimitives.ReadUInt16LittleEndian(block[16..]);
        IvhdEntries found = IvhdEntries.Read(block[entries..], segment, scope);
        if (!found.IsWhole)
        {
            Impossible(reader, place, offset, "has a device entry of an impossible length");
        }

        return new IommuUnit(IommuKind.AmdVi, new PhysicalAddress(registers), segment, found.IncludesAll, found.Buses, found.Devices)
        {
            Function = PciScope.Address(segment, BinaryPrimitives.ReadUInt16LittleEndian(block[4..])),
            IoApicIds = found.IoApicIds,
        };
    }

    private static IommuReservedMemory? Reserved(SourceReader reader, PciScope scope, string place, int offset, ReadOnlySpan<byte> block)
    {
        if (block.Length < ReservedLength)
        {
            Impossible(reader, place, offset, "is shorter than an IVMD");
            return null;
        }

        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(block[16..]);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(block[24..]);
        if (length == 0 || length > ulong.MaxValue - start)
        {
            Impossible(reader, place, offset, $"reserves 0x{length:x} bytes at 0x{start:x}");
            return null;
        }

        uint segment = BinaryPrimitives.ReadUInt16LittleEndian(block[8..]);
        ushort first = BinaryPrimitives.ReadUInt16LittleEndian(block[4..]);
        ushort last = block[0] == 0x22 ? BinaryPrimitives.ReadUInt16LittleEndian(block[6..]) : first;
        bool all = block[0] == 0x20;
        return new IommuReservedMemory(new PhysicalRange(new PhysicalAddress(start), new ByteSize(length)), all ? [] : [.. scope.Between(segment, first, last)])
        {
            ForAllDevices = all,
        };
    }

    private static void Impossible(SourceReader reader, string place, int offset, string what) =>
        reader.Diagnostics.Warning("TOPO110", place, $"The structure at offset 0x{offset:x} {what}; that part is not used.");
}
