using System.Buffers.Binary;
using System.Globalization;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Topology.Reading;

/// <summary>Reads the SRAT: which proximity domain CPUs and memory belong to.</summary>
/// <remarks>
/// ACPI specification, "System Resource Affinity Table": after the header 12 reserved bytes, then structures of
/// <code>
/// type 0 processor  0 type 1 length 2 domain bits 7:0 3 APIC ID  4 flags (4)       8 SAPIC EID 9 domain bits 31:8 (3)
/// type 1 memory     0 type 1 length 2 domain (4)      8 base (8) 16 length (8)     28 flags (4)
/// type 2 x2APIC     0 type 1 length 4 domain (4)      8 x2APIC ID (4)              12 flags (4)
/// </code>
/// Bit 0 of the flags: the structure counts. A table of revision 1 has only the lowest byte of a domain.
/// </remarks>
internal static class SratReader
{
    private const byte ProcessorAffinity = 0;
    private const byte MemoryAffinity = 1;
    private const byte X2apicAffinity = 2;
    private const int FirstStructure = AcpiTable.HeaderLength + 12;

    public static Srat Read(SourceReader reader)
    {
        if (AcpiTable.Read(reader.Source, "SRAT", reader.Diagnostics) is not AcpiTable table)
        {
            return Srat.Empty;
        }

        uint domainMask = table.Revision < 2 ? 0xff : uint.MaxValue;
        Dictionary<ApicId, uint> cpus = [];
        List<(PhysicalRange, uint)> memory = [];
        AcpiStructureReader structures = new(table, FirstStructure, reader.Diagnostics);
        while (structures.MoveNext())
        {
            ReadOnlySpan<byte> bytes = structures.Current;
            switch (structures.Type)
            {
                case ProcessorAffinity when bytes.Length >= 12:
                    if ((bytes[4] & 1) != 0)
                    {
                        uint domain = bytes[2] | ((uint)bytes[9] << 8) | ((uint)bytes[10] << 16) | ((uint)bytes[11] << 24);
                        cpus[new ApicId(bytes[3])] = domain & domainMask;
                    }

                    break;
                case X2apicAffinity when bytes.Length >= 16:
                    if ((bytes[12] & 1) != 0)
                    {
                        cpus[new ApicId(BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]))] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
                    }

                    break;
                case MemoryAffinity when bytes.Length >= 32:
                    if ((bytes[28] & 1) != 0)
                    {
                        AddMemory(reader, table, bytes, domainMask, memory);
                    }

                    break;
                case ProcessorAffinity or X2apicAffinity or MemoryAffinity:
                    reader.Diagnostics.Warning("TOPO013", table.Place, $"A structure of type {structures.Type} has only {bytes.Length} bytes; it is not used.");
                    break;
                default:
                    break;
            }
        }

        return new Srat(cpus, memory);
    }

    private static void AddMemory(SourceReader reader, AcpiTable table, ReadOnlySpan<byte> bytes, uint domainMask, List<(PhysicalRange, uint)> memory)
    {
        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        if (length > ulong.MaxValue - start)
        {
            reader.Diagnostics.Warning(
                "TOPO013",
                table.Place,
                string.Create(CultureInfo.InvariantCulture, $"The memory of 0x{length:x} bytes at 0x{start:x} ends above 2^64; it is not used."));
            return;
        }

        if (length > 0)
        {
            memory.Add((new PhysicalRange(new PhysicalAddress(start), new ByteSize(length)), BinaryPrimitives.ReadUInt32LittleEndian(bytes[2..]) & domainMask));
        }
    }
}
