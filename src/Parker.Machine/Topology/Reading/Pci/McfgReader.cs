using System.Buffers.Binary;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads the MCFG table: where configuration space is mapped to memory.</summary>
/// <remarks>
/// PCI Firmware Specification 3.3, "MCFG Table Description". After the header 8 reserved bytes, then entries of 16:
/// <code>
/// 0 8 address of bus 0   8 2 segment   10 1 first bus   11 1 last bus   12 4 reserved
/// </code>
/// </remarks>
internal static class McfgReader
{
    private const int FirstEntry = AcpiTable.HeaderLength + 8;
    private const int EntryLength = 16;

    // 256 buses of 1 MiB, counted from bus 0, must fit the address space.
    private const ulong MaxBase = ulong.MaxValue - (256UL << 20);

    public static IReadOnlyList<EcamRange> Read(IMachineSource source, DiagnosticBag diagnostics)
    {
        if (AcpiTable.Read(source, "MCFG", diagnostics) is not AcpiTable table)
        {
            return [];
        }

        List<EcamRange> ranges = [];
        ReadOnlySpan<byte> bytes = table.Bytes.Span;
        int at = FirstEntry;
        for (; at + EntryLength <= bytes.Length; at += EntryLength)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(at, EntryLength);
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry);
            ushort segment = BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]);
            byte first = entry[10];
            byte last = entry[11];
            if (address is 0 or > MaxBase || last < first)
            {
                diagnostics.Warning(
                    "TOPO105",
                    table.Place,
                    $"The entry at offset 0x{at:x} maps buses {first:x2} to {last:x2} of segment {segment:x4} at address 0x{address:x}, which cannot be; it is not used.");
                continue;
            }

            ranges.Add(new EcamRange(new PhysicalAddress(address), new PciBusRange(segment, first, last)));
        }

        if (at != bytes.Length)
        {
            diagnostics.Warning("TOPO013", table.Place, $"The ACPI table ends within the entry at offset 0x{at:x}; it is not read.");
        }

        ranges.Sort(static (left, right) => (left.Buses.Segment, left.Buses.First).CompareTo((right.Buses.Segment, right.Buses.First)));
        return ranges;
    }
}
