using System.Globalization;

namespace Parker.Fixtures.Servers;

/// <summary>The memory of a made-up server: the firmware's map, the pool, and who uses which addresses.</summary>
internal sealed class ServerMemory
{
    private readonly List<MemoryRange> _resources = [];

    /// <param name="firmware">The firmware's map, by address.</param>
    /// <param name="pool">What <c>memmap=SIZE$ADDRESS</c> keeps the kernel out of.</param>
    public ServerMemory(IReadOnlyList<MemoryRange> firmware, IReadOnlyList<MemoryRange> pool)
    {
        Firmware = firmware;
        Pool = pool;
        List<MemoryRange> used = [.. firmware];
        foreach (MemoryRange range in pool)
        {
            used = [.. used.SelectMany(one => one.Without(range)), range with { Name = MemoryRange.Reserved }];
        }

        // The kernel takes the first page from what the firmware calls RAM.
        MemoryRange page0 = new(0, 0xfff, MemoryRange.Reserved);
        _resources.AddRange(used.SelectMany(one => one.Without(page0)));
        _resources.Add(page0);
    }

    public IReadOnlyList<MemoryRange> Firmware { get; }

    public IReadOnlyList<MemoryRange> Pool { get; }

    /// <summary>Adds a line to <c>/proc/iomem</c>; it stands below the line that contains it.</summary>
    public void AddResource(ulong first, ulong last, string name) => _resources.Add(new MemoryRange(first, last, name));

    /// <summary>The pool as the kernel's parameters.</summary>
    public string Parameters => string.Join(' ', Pool.Select(range => string.Create(CultureInfo.InvariantCulture, $"memmap={Size(range.Length)}$0x{range.First:x}")));

    /// <summary>What the kernel logs of the firmware's map.</summary>
    public IEnumerable<string> LogLines() => Firmware.Select(range =>
        string.Create(CultureInfo.InvariantCulture, $"BIOS-e820: [mem 0x{range.First:x16}-0x{range.Last:x16}] {LogName(range.Name)}"));

    public void Write(MachineTree tree)
    {
        for (int index = 0; index < Firmware.Count; index++)
        {
            string folder = string.Create(CultureInfo.InvariantCulture, $"/sys/firmware/memmap/{index}/");
            tree.Line(folder + "start", string.Create(CultureInfo.InvariantCulture, $"0x{Firmware[index].First:x}"));
            tree.Line(folder + "end", string.Create(CultureInfo.InvariantCulture, $"0x{Firmware[index].Last:x}"));
            tree.Line(folder + "type", Firmware[index].Name);
        }

        Stack<ulong> ends = new();
        List<string> lines = [];
        foreach (MemoryRange range in _resources.OrderBy(range => range.First).ThenByDescending(range => range.Length))
        {
            while (ends.TryPeek(out ulong end) && end < range.First)
            {
                ends.Pop();
            }

            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{new string(' ', ends.Count * 2)}{range.First:x8}-{range.Last:x8} : {range.Name}\n"));
            ends.Push(range.Last);
        }

        tree.Text("/proc/iomem", string.Concat(lines));
    }

    private static string LogName(string name) => name switch
    {
        MemoryRange.Ram => "usable",
        MemoryRange.AcpiTables => "ACPI data",
        MemoryRange.AcpiStorage => "ACPI NVS",
        _ => "reserved",
    };

    private static string Size(ulong bytes) => bytes % (1UL << 30) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 30}G")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10}K");
}
