using CsCheck;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition.Tests.Plans;

namespace Parker.Partition.Tests;

public sealed class PartitionLayoutTests
{
    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void Layout_of_a_plan_covers_exactly_its_memory_its_slot_and_its_ecam()
    {
        foreach (PartitionPlan plan in new[] { ExamplePlans.Small, ExamplePlans.Large })
        {
            PartitionLayout layout = PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, _diagnostics)!;

            PhysicalRangeSet expected = PhysicalRangeSet.Of(
            [
                .. plan.Memory.Select(memory => memory.Range),
                .. plan.Buses.Select(bus => bus.Ecam),
                new PhysicalRange(plan.LowSlot, LowSlotLayout.Size),
            ]);
            Assert.Equal(expected, PhysicalRangeSet.Of(layout.AddressMap.Select(entry => entry.Range)));
            AssertAscendingAndDisjoint(layout.AddressMap);
        }
    }

    [Fact]
    public void Pieces_lie_in_the_map_with_the_kind_that_the_kernel_must_see()
    {
        PartitionLayout layout = PartitionLayout.TryCreate(ExamplePlans.Small, ExamplePlans.Footprint, _diagnostics)!;

        AddressKind KindOf(PhysicalRange range) => Assert.Single(layout.AddressMap, entry => entry.Range.Contains(range)).Kind;
        Assert.Equal(AddressKind.RuntimeData, KindOf(layout.HeaderPage));
        Assert.Equal(AddressKind.Reserved, KindOf(layout.IoApic));
        Assert.Equal(AddressKind.RuntimeCode, KindOf(layout.UefiCode));
        Assert.Equal(AddressKind.RuntimeData, KindOf(layout.UefiData));
        Assert.Equal(AddressKind.RuntimeData, KindOf(layout.Smbios));
        Assert.Equal(AddressKind.RuntimeData, KindOf(layout.EfiMemoryMap));
        Assert.Equal(AddressKind.AcpiReclaimable, KindOf(layout.Acpi));
        Assert.Equal(AddressKind.Reserved, KindOf(layout.Channel));
        Assert.Equal(AddressKind.Usable, KindOf(layout.BootParams));
        Assert.Equal(AddressKind.Usable, KindOf(layout.CommandLine));
        Assert.Equal(AddressKind.Usable, KindOf(layout.PageTables));
        Assert.Equal(AddressKind.Usable, KindOf(layout.Kernel));
        Assert.Equal(AddressKind.Usable, KindOf(layout.Initrd));
        Assert.Equal(AddressKind.Usable, KindOf(LowSlotLayout.UsableRange(ExamplePlans.Small.LowSlot)));
        Assert.Equal(AddressKind.Reserved, KindOf(LowSlotLayout.OwnRange(ExamplePlans.Small.LowSlot)));
    }

    [Fact]
    public void Layout_of_any_footprint_keeps_its_pieces_apart_or_says_how_much_is_missing() => Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700], Gen.Int[0, 700], Gen.Int[12, 24], Gen.Int[1, 400]).Sample((kernel, init, initrd, alignment, memory) =>
    {
        PartitionPlan plan = ExamplePlans.Small with
        {
            Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(0x40000000), ByteSize.FromMebibytes(2UL * (ulong)memory)), 0)],
        };
        ImageFootprint footprint = new(ByteSize.FromMebibytes((ulong)kernel), ByteSize.FromMebibytes((ulong)init), new ByteSize(1UL << alignment), ByteSize.FromMebibytes((ulong)initrd));
        DiagnosticBag diagnostics = [];
        PartitionLayout? layout = PartitionLayout.TryCreate(plan, footprint, diagnostics);

        ulong needed = 16 + (ulong)Math.Max(kernel, init) + (ulong)initrd;
        if (layout is null)
        {
            Assert.Equal("LAY004", Assert.Single(diagnostics).Id);
            Assert.True(needed > 2UL * (ulong)memory);
            return;
        }

        Assert.True(needed <= 2UL * (ulong)memory);
        PhysicalRange[] pieces =
        [
            layout.HeaderPage, layout.IoApic, layout.UefiCode, layout.UefiData, layout.Smbios, layout.BootParams, layout.CommandLine, layout.EfiMemoryMap, layout.Acpi, layout.PageTables,
            layout.Channel, layout.Kernel, layout.Initrd,
        ];
        Assert.Equal(pieces.Aggregate(0UL, (sum, piece) => sum + piece.Length.Bytes), PhysicalRangeSet.Of(pieces).TotalLength.Bytes);
        Assert.All(pieces, piece => Assert.True(plan.PrimaryRange.Contains(piece) || (piece == layout.IoApic && new PhysicalRange(plan.LowSlot, LowSlotLayout.Size).Contains(piece))));
        Assert.True(layout.Kernel.Start.IsAligned(footprint.KernelAlignment));
        Assert.True(layout.Loaded.Contains(layout.Kernel));
        Assert.True(layout.Loaded.Contains(layout.Initrd));
    });

    [Theory]
    [InlineData("LAY001")]
    [InlineData("LAY002")]
    [InlineData("LAY003")]
    [InlineData("LAY005")]
    public void Layout_of_resources_that_cannot_be_is_refused(string id)
    {
        PhysicalRange range = ExamplePlans.Small.PrimaryRange;
        PartitionPlan plan = id switch
        {
            "LAY001" => ExamplePlans.Small with { Memory = [] },
            "LAY002" => ExamplePlans.Small with { Memory = [new PartitionMemory(new PhysicalRange(range.Start + ByteSize.Page, range.Length), 0)] },
            "LAY003" => ExamplePlans.Small with { Memory = [new PartitionMemory(range, 0), new PartitionMemory(new PhysicalRange(range.Start, ByteSize.FromMebibytes(2)), 0)] },
            _ => ExamplePlans.Small with { LowSlot = new PhysicalAddress(0x98000) },
        };

        Assert.Null(PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, _diagnostics));

        Diagnostic problem = Assert.Single(_diagnostics);
        Assert.Equal(id, problem.Id);
        Assert.Equal("partition small", problem.Place);
        Assert.NotEmpty(problem.Remedy);
    }

    [Theory]
    [InlineData(0xF000UL, false)]
    [InlineData(0x10000UL, true)]
    [InlineData(0x10800UL, false)]
    [InlineData(0x90000UL, true)]
    [InlineData(0x91000UL, false)]
    public void Low_slot_lies_on_a_page_between_64_and_640_kib(ulong slot, bool isValid) => Assert.Equal(isValid, LowSlotLayout.IsValidSlot(new PhysicalAddress(slot)));

    private static void AssertAscendingAndDisjoint(IReadOnlyList<AddressMapEntry> map)
    {
        for (int index = 1; index < map.Count; index++)
        {
            Assert.True(map[index - 1].Range.End <= map[index].Range.Start);
        }
    }
}
