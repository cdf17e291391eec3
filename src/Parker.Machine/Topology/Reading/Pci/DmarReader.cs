using System.Buffers.Binary;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>Reads the DMAR table: Intel's IOMMU units.</summary>
/// <remarks>
/// Intel Virtualization Technology for Directed I/O, Architecture Specification, chapter 8. After the header a byte host address width minus 1, a byte of
/// flags, 10 reserved; then structures that start with 2 bytes of type and 2 of length:
/// <code>
/// DRHD  type 0   4 1 flags (bit 0 all)   5 1 size   6 2 segment   8 8 registers            16 device scopes
/// RMRR  type 1   4 2 reserved                       6 2 segment   8 8 base     16 8 last   24 device scopes
/// scope          0 1 type   1 1 length   2 2 flags, reserved   4 1 enumeration id   5 1 start bus   6 pairs of device, function
/// </code>
/// </remarks>
internal static class DmarReader
{
    private const int FirstStructure = AcpiTable.HeaderLength + 12;
    private const ushort Drhd = 0;
    private const ushort Rmrr = 1;
    private const byte ScopeEndpoint = 1;
    private const byte ScopeBridge = 2;
    private const byte ScopeIoApic = 3;

    public static DmarTable? Read(SourceReader reader, PciScope scope)
    {
        if (AcpiTable.Read(reader.Source, "DMAR", reader.Diagnostics) is not AcpiTable table)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = table.Bytes.Span;
        if (bytes.Length < FirstStructure)
        {
            reader.Diagnostics.Warning("TOPO013", table.Place, "The ACPI table ends within its fixed fields; none of its structures are read.");
            return null;
        }

        List<IommuUnit> units = [];
        List<IommuReservedMemory> reserved = [];
        int at = FirstStructure;
        while (at < bytes.Length)
        {
            int length = at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]) : 0;
            if (length < 4 || length > bytes.Length - at)
            {
                reader.Diagnostics.Warning("TOPO013", table.Place, $"The structure at offset 0x{at:x} of the ACPI table has an impossible length; it and what follows are not read.");
                break;
            }

            Structure structure = new(reader, scope, table.Place, at, bytes.Slice(at, length));
            switch (BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]))
            {
                case Drhd when structure.Unit() is IommuUnit unit:
                    units.Add(unit);
                    break;
                case Rmrr when structure.Reserved() is IommuReservedMemory memory:
                    reserved.Add(memory);
                    break;
                default:
                    // ATSR, RHSA, ANDD, SATC and what is still to come say nothing that Parker decides by.
                    break;
            }

            at += length;
        }

        return new DmarTable(bytes[AcpiTable.HeaderLength] + 1, bytes[AcpiTable.HeaderLength + 1], units, reserved);
    }

    private readonly ref struct Structure(SourceReader reader, PciScope scope, string place, int offset, ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;

        public IommuUnit? Unit()
        {
            const int scopes = 16;
            if (_bytes.Length < scopes)
            {
                Impossible("is shorter than a DRHD");
                return null;
            }

            ulong registers = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[8..]);
            if (registers is 0 or > ulong.MaxValue - 4096)
            {
                Impossible($"places a unit's registers at 0x{registers:x}");
                return null;
            }

            (SortedSet<PciAddress> devices, List<PciBusRange> buses, List<byte> ioApics) = Scopes(scopes);
            return new IommuUnit(IommuKind.IntelVtd, new PhysicalAddress(registers), Segment, (_bytes[4] & 1) != 0, buses, [.. devices]) { IoApicIds = ioApics };
        }

        public IommuReservedMemory? Reserved()
        {
            const int scopes = 24;
            if (_bytes.Length < scopes)
            {
                Impossible("is shorter than an RMRR");
                return null;
            }

            ulong first = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[8..]);
            ulong last = BinaryPrimitives.ReadUInt64LittleEndian(_bytes[16..]);
            if (last < first || last == ulong.MaxValue)
            {
                Impossible($"reserves memory from 0x{first:x} to 0x{last:x}");
                return null;
            }

            return new IommuReservedMemory(PhysicalRange.FromInclusive(new PhysicalAddress(first), new PhysicalAddress(last)), [.. Scopes(scopes).Devices]);
        }

        private uint Segment => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[6..]);

        private (SortedSet<PciAddress> Devices, List<PciBusRange> Buses, List<byte> IoApics) Scopes(int from)
        {
            SortedSet<PciAddress> devices = [];
            List<PciBusRange> buses = [];
            List<byte> ioApics = [];
            for (ReadOnlySpan<byte> rest = _bytes[from..]; !rest.IsEmpty;)
            {
                if (rest.Length < 6 || rest[1] < 6 || rest[1] > rest.Length)
                {
                    Impossible("has a device scope of an impossible length");
                    break;
                }

                byte type = rest[0];
                byte id = rest[4];
                byte startBus = rest[5];
                ReadOnlySpan<byte> path = rest[6..rest[1]];
                rest = rest[rest[1]..];
                if (type == ScopeIoApic)
                {
                    ioApics.Add(id);
                }
                else if (type is ScopeEndpoint or ScopeBridge)
                {
                    if (scope.Follow(Segment, startBus, path) is not PciFunction function)
                    {
                        reader.Diagnostics.Note("TOPO111", place, $"The structure at offset 0x{offset:x} names a device by a path from bus {Segment:x4}:{startBus:x2} ({Convert.ToHexStringLower(path)}) that does not exist.");
                        continue;
                    }

                    devices.Add(function.Address);
                    if (type == ScopeBridge && function.Bridge is PciBridgeFacts bridge)
                    {
                        buses.Add(new PciBusRange(Segment, bridge.Secondary, bridge.Subordinate));
                    }
                }
            }

            buses.Sort(static (left, right) => (left.First, left.Last).CompareTo((right.First, right.Last)));
            return (devices, buses, ioApics);
        }

        private void Impossible(string what) => reader.Diagnostics.Warning("TOPO110", place, $"The structure at offset 0x{offset:x} {what}; that part is not used.");
    }
}
