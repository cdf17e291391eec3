using System.Globalization;
using System.Text.RegularExpressions;
using Parker.Goldens;
using Parker.Partition.Tests.Plans;

namespace Parker.Partition.Tests;

/// <summary>docs/machine-description.md has the offsets of the layouts.</summary>
public sealed partial class LayoutDocumentTests
{
    [Fact]
    public void Documented_offsets_are_those_of_the_address_map()
    {
        PartitionLayout layout = PartitionLayout.TryCreate(ExamplePlans.Small with { Buses = [] }, ExamplePlans.Footprint, [])!;
        (ulong Offset, string Kind)[] map =
        [
            .. layout.AddressMap.Skip(2).Select(entry => ((entry.Range.Start - layout.Base).Bytes, NameOf(entry.Kind))),
            (PartitionLayout.KernelOffset.Bytes, NameOf(AddressKind.Usable)),
        ];

        Assert.Equal(map, Documented(digits: 7));
    }

    [Fact]
    public void Documented_offsets_are_those_of_the_low_slot() => Assert.Equal(
        [
            (LowSlotLayout.StartStub.Bytes, "reserved"),
            (LowSlotLayout.Pml4.Bytes, "reserved"),
            (LowSlotLayout.ParkStub.Bytes, "reserved"),
            (LowSlotLayout.IoApic.Bytes, "reserved"),
            (LowSlotLayout.UsableStart.Bytes, "usable"),
        ],
        Documented(digits: 4));

    private static string NameOf(AddressKind kind) => kind switch
    {
        AddressKind.Usable => "usable",
        AddressKind.AcpiReclaimable => "ACPI data",
        AddressKind.RuntimeCode => "runtime code",
        AddressKind.RuntimeData => "runtime data",
        _ => "reserved",
    };

    private static IEnumerable<(ulong Offset, string Kind)> Documented(int digits) => Row()
        .Matches(File.ReadAllText(Path.Combine(GoldenFile.Root, "docs", "machine-description.md")))
        .Where(row => row.Groups[1].Length == digits)
        .Select(row => (ulong.Parse(row.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), row.Groups[2].Value));

    [GeneratedRegex(@"^\| `0x([0-9a-f]+)` \|.*\| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
