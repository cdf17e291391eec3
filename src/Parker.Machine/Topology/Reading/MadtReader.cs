using System.Buffers.Binary;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Topology.Reading;

/// <summary>Reads the MADT (<c>APIC</c>): the processors that the firmware knows, online or not, and the I/O APICs.</summary>
/// <remarks>
/// ACPI specification, "Multiple APIC Description Table": after the header the local APIC address and flags (8 bytes), then structures of
/// <code>
/// type 0 local APIC    0 type 1 length 2 ACPI UID  3 APIC ID          4 flags (4)
/// type 1 I/O APIC      0 type 1 length 2 ID        3 -                4 address (4)  8 global interrupt base (4)
/// type 9 local x2APIC  0 type 1 length 2 -         4 x2APIC ID (4)    8 flags (4)    12 ACPI UID (4)
/// </code>
/// </remarks>
internal static class MadtReader
{
    private const byte LocalApic = 0;
    private const byte IoApic = 1;
    private const byte LocalX2apic = 9;
    private const int FirstStructure = AcpiTable.HeaderLength + 8;

    public static Madt Read(SourceReader reader)
    {
        if (AcpiTable.Read(reader.Source, "APIC", reader.Diagnostics) is not AcpiTable table)
        {
            return Madt.Empty;
        }

        List<(MadtProcessor, bool)> processors = [];
        List<MadtIoApic> ioApics = [];
        AcpiStructureReader structures = new(table, FirstStructure, reader.Diagnostics);
        while (structures.MoveNext())
        {
            ReadOnlySpan<byte> bytes = structures.Current;
            switch (structures.Type)
            {
                case LocalApic when bytes.Length >= 8:
                    // 255 is the broadcast ID; firmware uses it for places without a processor.
                    if (bytes[3] != 0xff)
                    {
                        processors.Add((Processor(bytes[3], bytes[2], bytes[4..]), false));
                    }

                    break;
                case LocalX2apic when bytes.Length >= 16:
                    uint id = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
                    if (id != uint.MaxValue)
                    {
                        processors.Add((Processor(id, BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]), bytes[8..]), true));
                    }

                    break;
                case IoApic when bytes.Length >= 12:
                    ioApics.Add(new MadtIoApic(
                        bytes[2],
                        new PhysicalAddress(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])),
                        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..])));
                    break;
                case LocalApic or LocalX2apic or IoApic:
                    reader.Diagnostics.Warning("TOPO013", table.Place, $"A structure of type {structures.Type} has only {bytes.Length} bytes; it is not used.");
                    break;
                default:
                    break;
            }
        }

        return new Madt(processors, ioApics);
    }

    private static MadtProcessor Processor(uint id, uint uid, ReadOnlySpan<byte> flags) =>
        new(new ApicId(id), uid, (flags[0] & 1) != 0, (flags[0] & 2) != 0);
}
