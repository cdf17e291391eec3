using System.Buffers.Binary;
using Parker.Partition;

namespace Parker.Firmware.MemoryMaps;

/// <summary>The e820 map that <c>boot_params</c> carries.</summary>
public static class E820Map
{
    /// <summary>The length of an entry: 8 bytes address, 8 bytes length, 4 bytes type.</summary>
    public const int EntryBytes = 20;

    /// <summary>The most entries that <c>boot_params.e820_table</c> holds (<c>E820_MAX_ENTRIES_ZEROPAGE</c>).</summary>
    public const int MaximumEntries = 128;

    /// <summary>Writes an address map as e820 entries.</summary>
    /// <param name="map">Ascending and disjoint, as <see cref="PartitionLayout.AddressMap"/> is.</param>
    /// <returns>Ascending, disjoint, neighbours of the same type merged.</returns>
    public static IReadOnlyList<E820Entry> Build(IReadOnlyList<AddressMapEntry> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        List<E820Entry> entries = new(map.Count);
        foreach (AddressMapEntry part in map)
        {
            E820Type type = TypeOf(part.Kind);
            if (entries.Count > 0 && entries[^1].Type == type && entries[^1].Range.End == part.Range.Start)
            {
                entries[^1] = new E820Entry(Machine.PhysicalRange.FromBounds(entries[^1].Range.Start, part.Range.End), type);
            }
            else
            {
                entries.Add(new E820Entry(part.Range, type));
            }
        }

        return entries;
    }

    /// <summary>Writes entries as they lie in <c>boot_params.e820_table</c>, little endian.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="destination">At least <see cref="EntryBytes"/> for each.</param>
    public static void Write(IReadOnlyList<E820Entry> entries, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (E820Entry entry in entries)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, entry.Range.Start.Value);
            BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], entry.Range.Length.Bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(destination[16..], (uint)entry.Type);
            destination = destination[EntryBytes..];
        }
    }

    /// <summary>The e820 type for a kind of address.</summary>
    public static E820Type TypeOf(AddressKind kind) => kind switch
    {
        AddressKind.Usable => E820Type.Ram,
        AddressKind.AcpiReclaimable => E820Type.Acpi,
        _ => E820Type.Reserved,
    };
}
