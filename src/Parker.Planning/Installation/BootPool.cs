using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Partition;

namespace Parker.Planning.Installation;

/// <summary>Chooses the memory that the Boot Kernel is to keep out of from its next start on.</summary>
public static class BootPool
{
    /// <summary>The most <c>memmap=</c> regions that leave the Boot Kernel its own KASLR (arch/x86/boot/compressed/kaslr.c, MAX_MEMMAP_REGIONS).</summary>
    public const int MostRegions = 4;

    private const string Place = "pool";

    private static readonly ByteSize Gibibyte = ByteSize.FromGibibytes(1);
    private static readonly ByteSize LeastLeft = ByteSize.FromMebibytes(768);

    /// <summary>Chooses a region for the low slots, and a range for each wish: above 4 GiB where it can be, the end of the largest range that firmware calls RAM.</summary>
    /// <param name="machine">The machine; what is its pool now makes no difference.</param>
    /// <param name="wishes">At most three.</param>
    /// <param name="slots">How many low slots.</param>
    /// <param name="diagnostics">Takes <c>POOL001</c> and up.</param>
    /// <returns>The low region first; null where there was an error.</returns>
    public static IReadOnlyList<PhysicalRange>? TryChoose(MachineTopology machine, IReadOnlyList<PoolWish> wishes, int slots, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(wishes);
        ArgumentNullException.ThrowIfNull(diagnostics);
        DiagnosticBag problems = [];
        if (wishes.Count >= MostRegions)
        {
            problems.Error("POOL001", Place, $"{wishes.Count} ranges and one for the low slots are more than {MostRegions} regions, with which the Boot Kernel switches its own KASLR off.", $"Ask for {MostRegions - 1} ranges or fewer.");
        }

        List<PhysicalRange> regions = [];
        if (LowSlots(machine, slots, problems) is PhysicalRange low)
        {
            regions.Add(low);
        }

        PhysicalRangeSet free = PhysicalRangeSet.Of(machine.Memory.Firmware.Where(range => range.Type == LowMemory.SystemRam && range.Range.Start >= PhysicalAddress.OneMebibyte).Select(range => range.Range));
        foreach (PoolWish wish in wishes)
        {
            if (Choose(machine, free, wish, problems) is PhysicalRange range)
            {
                regions.Add(range);
                free = free.Subtract(range);
            }
        }

        if (!problems.HasErrors && free.TotalLength < LeastLeft)
        {
            problems.Error("POOL004", Place, $"It leaves the Boot Kernel {free.TotalLength} of memory.", $"Ask for less: it needs {LeastLeft} at least.");
        }

        diagnostics.AddRange(problems);
        return problems.HasErrors ? null : regions;
    }

    private static PhysicalRange? LowSlots(MachineTopology machine, int slots, DiagnosticBag problems)
    {
        PhysicalRange? room = LowMemory.RoomForSlots(machine.Memory);
        ulong fits = room is PhysicalRange known ? known.Length.Bytes / LowSlotLayout.Size.Bytes : 0;
        if (slots < 1 || (ulong)slots > fits)
        {
            problems.Error("POOL002", Place, $"{slots} low slots cannot be had: there is room for {fits} below 640 KiB.", fits == 0 ? "Run as root, so that the firmware's memory map can be read." : $"Ask for 1 to {fits}; each partition takes one.");
            return null;
        }

        return new PhysicalRange(room!.Value.Start, LowSlotLayout.Size * (ulong)slots);
    }

    private static PhysicalRange? Choose(MachineTopology machine, PhysicalRangeSet free, PoolWish wish, DiagnosticBag problems)
    {
        string where = wish.Node is int number ? $" on node {number}" : "";
        NumaNode[] nodes = [.. machine.Nodes.Where(node => wish.Node is null || node.Number == wish.Node)];
        ByteSize unit = wish.Size >= Gibibyte ? Gibibyte : PartitionLayout.RangeAlignment;
        PhysicalRange[] ranges =
        [
            .. nodes.SelectMany(node => machine.Nodes.Count == 1 ? free : free.Intersect(node.Memory)).Select(range => range.AlignInward(PartitionLayout.RangeAlignment)).Where(range => !range.IsEmpty),
        ];
        ByteSize size = wish.Size.Bytes == 0 || ranges.All(range => range.Length < wish.Size) ? ByteSize.Zero : wish.Size.AlignUp(PartitionLayout.RangeAlignment);
        foreach (PhysicalRange range in ranges.OrderByDescending(range => range.Start.Value >= 4 * Gibibyte.Bytes).ThenByDescending(range => range.Length).ThenBy(range => range.Start))
        {
            foreach (ByteSize alignment in (ByteSize[])[unit, PartitionLayout.RangeAlignment])
            {
                if (size.Bytes > 0 && range.Length >= size && (range.End - size).AlignDown(alignment) is PhysicalAddress start && start >= range.Start)
                {
                    return new PhysicalRange(start, size);
                }
            }
        }

        ByteSize largest = ranges.Select(range => range.Length).DefaultIfEmpty(ByteSize.Zero).Max();
        problems.Error("POOL003", Place, $"There is no range of {wish.Size} of RAM{where}.", largest.Bytes == 0 ? "Run as root, and name a node that has memory." : $"Ask for up to {largest}, or for several ranges: SIZE,SIZE or NODE=SIZE,NODE=SIZE.");
        return null;
    }
}
