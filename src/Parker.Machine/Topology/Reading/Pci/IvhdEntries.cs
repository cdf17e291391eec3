using System.Buffers.Binary;

namespace Parker.Machine.Topology.Reading.Pci;

/// <summary>The device entries of an IVHD block.</summary>
/// <remarks>
/// An entry's length is 4 for types below 40h, 8 below 80h, 16 below c0h, else 32; type f0h (a device of the ACPI name space) has its own.
/// <code>
/// 0 1 type   1 2 number of the function   3 1 settings   (8 bytes: 5 2 alias, or for 48h 4 1 handle, 5 2 number, 7 1 kind)
/// </code>
/// </remarks>
internal sealed class IvhdEntries
{
    private const byte All = 0x01;
    private const byte Select = 0x02;
    private const byte RangeStart = 0x03;
    private const byte RangeEnd = 0x04;
    private const byte AliasSelect = 0x42;
    private const byte AliasRangeStart = 0x43;
    private const byte ExtendedSelect = 0x46;
    private const byte ExtendedRangeStart = 0x47;
    private const byte Special = 0x48;
    private const byte AcpiDevice = 0xf0;
    private const byte SpecialIoApic = 1;

    private readonly SortedSet<PciAddress> _devices = [];
    private readonly List<PciBusRange> _buses = [];
    private readonly List<byte> _ioApicIds = [];
    private readonly uint _segment;
    private readonly PciScope _scope;

    private IvhdEntries(uint segment, PciScope scope)
    {
        _segment = segment;
        _scope = scope;
    }

    /// <summary>Whether all devices of the segment are the unit's.</summary>
    public bool IncludesAll { get; private set; }

    /// <summary>The buses wholly within a range.</summary>
    public IReadOnlyList<PciBusRange> Buses => _buses;

    /// <summary>The existing functions named, those of <see cref="Buses"/> too.</summary>
    public IReadOnlyList<PciAddress> Devices => [.. _devices];

    /// <summary>The I/O APICs named.</summary>
    public IReadOnlyList<byte> IoApicIds => _ioApicIds;

    /// <summary>Whether the last entry ended with the block.</summary>
    public bool IsWhole { get; private set; }

    public static IvhdEntries Read(ReadOnlySpan<byte> bytes, uint segment, PciScope scope)
    {
        IvhdEntries entries = new(segment, scope);
        ushort? rangeStart = null;
        while (!bytes.IsEmpty)
        {
            int length = LengthOf(bytes);
            if (length > bytes.Length)
            {
                return entries;
            }

            entries.Take(bytes[..length], ref rangeStart);
            bytes = bytes[length..];
        }

        entries.IsWhole = true;
        return entries;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        < 0x40 => 4,
        < 0x80 => 8,
        < 0xc0 => 16,
        // Type, function, settings, hardware and compatible ID of 8 each, kind and length of the unique ID, and that.
        AcpiDevice => bytes.Length > 21 ? 22 + bytes[21] : int.MaxValue,
        _ => 32,
    };

    private void Take(ReadOnlySpan<byte> entry, ref ushort? rangeStart)
    {
        ushort number = BinaryPrimitives.ReadUInt16LittleEndian(entry[1..]);
        switch (entry[0])
        {
            case All:
                IncludesAll = true;
                break;
            case Select or AliasSelect or ExtendedSelect:
                Add(number, number);
                break;
            case RangeStart or AliasRangeStart or ExtendedRangeStart:
                rangeStart = number;
                break;
            case RangeEnd when rangeStart is ushort first && first <= number:
                Add(first, number);
                rangeStart = null;
                break;
            case Special when entry[7] == SpecialIoApic:
                _ioApicIds.Add(entry[4]);
                break;
            default:
                break;
        }
    }

    private void Add(ushort first, ushort last)
    {
        _devices.UnionWith(_scope.Between(_segment, first, last));

        // A bus is whole from its function 00.0 to 1f.7; firmware often ends a range at 1f.6.
        int firstBus = (first + 0xff) >> 8;
        int lastBus = ((last + 2) >> 8) - 1;
        if (firstBus <= lastBus && first != last)
        {
            _buses.Add(new PciBusRange(_segment, (byte)firstBus, (byte)lastBus));
        }
    }
}
