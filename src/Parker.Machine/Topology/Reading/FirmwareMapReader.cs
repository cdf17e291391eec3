using System.Globalization;

namespace Parker.Machine.Topology.Reading;

/// <summary>The firmware's memory map as the kernel got it: <c>/sys/firmware/memmap</c>, else the kernel log's <c>BIOS-e820</c> lines.</summary>
internal static class FirmwareMapReader
{
    /// <summary>The kernel's name for memory that the firmware calls usable.</summary>
    public const string SystemRam = "System RAM";

    private const string Folder = "/sys/firmware/memmap";

    public static IReadOnlyList<FirmwareMemoryRange> Read(SourceReader reader, IReadOnlyList<string> log)
    {
        List<FirmwareMemoryRange> ranges = [];
        foreach (string name in reader.Names(Folder))
        {
            string folder = $"{Folder}/{name}/";
            string? start = reader.Text(folder + "start");
            string? end = reader.Text(folder + "end");
            string? type = reader.Text(folder + "type");
            if (start is null || end is null || type is null)
            {
                continue;
            }

            if (PhysicalRange.TryParse($"{start}-{end}", out PhysicalRange range))
            {
                ranges.Add(new FirmwareMemoryRange(range, type));
            }
            else
            {
                reader.Odd(folder + "start", System.Text.Encoding.UTF8.GetBytes($"{start}-{end}"), "a range of addresses");
            }
        }

        if (ranges.Count == 0)
        {
            ranges.AddRange(FromLog(log));
        }

        ranges.Sort((left, right) => left.Range.CompareTo(right.Range));
        return ranges;
    }

    // "BIOS-e820: [mem 0x0000000000001000-0x000000000009fbff] usable"
    private static IEnumerable<FirmwareMemoryRange> FromLog(IReadOnlyList<string> log)
    {
        const string Before = "BIOS-e820: [mem ";
        foreach (string line in log)
        {
            int start = line.IndexOf(Before, StringComparison.Ordinal);
            int end = start < 0 ? -1 : line.IndexOf(']', start);
            if (end > 0 && PhysicalRange.TryParse(line.AsSpan((start + Before.Length)..end), out PhysicalRange range))
            {
                string type = line[(end + 1)..].Trim();
                yield return new FirmwareMemoryRange(range, type == "usable" ? SystemRam : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(type));
            }
        }
    }
}
