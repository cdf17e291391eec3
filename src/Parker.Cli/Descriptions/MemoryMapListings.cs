using System.Globalization;
using Parker.Boot.Building;
using Parker.Cli.Output;
using Parker.Firmware.MemoryMaps;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Cli.Descriptions;

/// <summary>A partition's memory, as its kernel is told of it and as Parker fills it.</summary>
internal static class MemoryMapListings
{
    /// <summary>Writes an e820 map in the words of the kernel's log, so that the two can be compared.</summary>
    /// <remarks>arch/x86/kernel/e820.c, <c>e820__print_table</c>: the last address is within the range.</remarks>
    public static void WriteE820(IEnumerable<E820Entry> map, TextWriter output)
    {
        foreach (E820Entry entry in map)
        {
            string type = entry.Type switch
            {
                E820Type.Ram => "usable",
                E820Type.Acpi => "ACPI data",
                _ => "reserved",
            };
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BIOS-e820: [mem 0x{entry.Range.Start.Value:x16}-0x{entry.Range.End.Value - 1:x16}] {type}"));
        }
    }

    /// <summary>Writes the descriptors of an EFI memory map.</summary>
    /// <param name="map">What the descriptors are made of, one of each entry.</param>
    /// <param name="output">Where to.</param>
    public static void WriteEfi(IEnumerable<AddressMapEntry> map, TextWriter output)
    {
        TableWriter table = new(new("RANGE"), new("PAGES", true), new("TYPE"), new("ATTRIBUTES"));
        foreach (AddressMapEntry entry in map)
        {
            ulong attributes = EfiMemoryMap.AttributeOf(entry.Kind);
            IEnumerable<string> names = new (ulong Bit, string Name)[] { (EfiMemoryMap.WriteBack, "WB"), (EfiMemoryMap.Runtime, "RUNTIME") }.Where(known => (attributes & known.Bit) != 0).Select(known => known.Name);
            table.Add(entry.Range.ToString(), (entry.Range.Length / ByteSize.Page).ToString(CultureInfo.InvariantCulture), EfiMemoryMap.TypeOf(entry.Kind).ToString(), string.Join(' ', names));
        }

        table.WriteTo(output);
    }

    /// <summary>Writes the address map and the segments of an image.</summary>
    public static void WriteAddressMap(PartitionImage image, TextWriter output)
    {
        output.WriteLine("What the kernel is told of, and what it may do there");
        TableWriter map = new(new("RANGE"), new("SIZE", true), new("KIND"), new("PURPOSE"));
        foreach (AddressMapEntry entry in image.Layout.AddressMap)
        {
            map.Add(entry.Range.ToString(), entry.Range.Length.ToDisplayString(), entry.Kind.ToString(), entry.Purpose);
        }

        map.WriteTo(output, indent: 2);
        output.WriteLine();
        output.WriteLine("What is written before the start, and who may write there after it; all else is zero");
        TableWriter segments = new(new("RANGE"), new("BYTES", true), new("OWNER"), new("PURPOSE"));
        foreach (MemorySegment segment in image.Memory.Segments)
        {
            segments.Add(segment.Range.ToString(), segment.Content.Length.Bytes.ToString(CultureInfo.InvariantCulture), segment.Owner.ToString(), segment.Purpose);
        }

        segments.WriteTo(output, indent: 2);
        output.WriteLine();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The kernel's entry is at {image.Memory.Entry}, the start vector 0x{image.Memory.StartVector:x2}, the park vector 0x{image.Memory.ParkVector:x2}."));
    }
}
