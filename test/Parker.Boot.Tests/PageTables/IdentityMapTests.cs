using System.Buffers.Binary;
using Parker.Boot.PageTables;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Boot.Tests.PageTables;

public sealed class IdentityMapTests
{
    [Theory]
    [InlineData(0x40000000UL, true, 2)]
    [InlineData(0x40000000UL, false, 4)]
    [InlineData(0x140000000UL, true, 2)]
    [InlineData(0x140000000UL, false, 4)]
    [InlineData(0x8000000000UL, true, 3)]
    [InlineData(0x8000000000UL, false, 5)]
    [InlineData(0x3FFFC00000UL, true, 2)]
    [InlineData(0x3FFFC00000UL, false, 5)]
    public void Map_translates_all_that_is_loaded_to_itself(ulong start, bool gibibytePages, int tables)
    {
        PartitionPlan plan = Plan(start, 512) with { Processor = new ProcessorTraits(gibibytePages, 46) };
        PartitionLayout layout = PartitionLayout.TryCreate(plan, ExamplePlans.Footprint, [])!;
        IdentityMap map = IdentityMap.TryBuild(plan, layout, [])!;
        Dictionary<ulong, byte[]> memory = map.Segments().ToDictionary(segment => segment.Address.Value, segment => ((ByteContent)segment.Content).Bytes.ToArray());

        Assert.Equal(tables, map.TableCount);
        foreach (PhysicalRange range in new[] { new PhysicalRange(plan.LowSlot, LowSlotLayout.Size), layout.Loaded })
        {
            for (PhysicalAddress address = range.Start; address < range.End; address += ByteSize.FromKibibytes(64))
            {
                Assert.Equal(address.Value, Walk(memory, (plan.LowSlot + LowSlotLayout.Pml4).Value, address.Value));
            }
        }

        Assert.All(memory.Keys, table => Assert.True(LowSlotLayout.OwnRange(plan.LowSlot).Contains(new PhysicalAddress(table)) || layout.PageTables.Contains(new PhysicalAddress(table))));
        Assert.Null(Walk(memory, (plan.LowSlot + LowSlotLayout.Pml4).Value, 0x7000_0000_0000));
    }

    [Fact]
    public void Map_of_more_than_its_room_is_refused()
    {
        PartitionPlan plan = Plan(0x4000000000, 300 * 1024) with { Processor = new ProcessorTraits(false, 46) };
        PartitionLayout layout = PartitionLayout.TryCreate(plan, ExamplePlans.Footprint with { InitrdSize = ByteSize.FromGibibytes(290) }, [])!;
        DiagnosticBag diagnostics = [];

        Assert.Null(IdentityMap.TryBuild(plan, layout, diagnostics));
        Assert.Equal("LAY006", Assert.Single(diagnostics).Id);
    }

    private static PartitionPlan Plan(ulong start, ulong mebibytes) => ExamplePlans.Small with
    {
        Memory = [new PartitionMemory(new PhysicalRange(new PhysicalAddress(start), ByteSize.FromMebibytes(mebibytes)), 0)],
    };

    /// <summary>Translates as a CPU does; null where nothing is mapped.</summary>
    private static ulong? Walk(Dictionary<ulong, byte[]> memory, ulong table, ulong address)
    {
        for (int shift = 39; shift >= 12; shift -= 9)
        {
            ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(memory[table].AsSpan((int)((address >> shift) & 511) * 8));
            if ((entry & 1) == 0)
            {
                return null;
            }

            if ((entry & 0x80) != 0)
            {
                ulong offset = (1UL << shift) - 1;
                return (entry & 0x000F_FFFF_FFFF_F000 & ~offset) | (address & offset);
            }

            table = entry & 0x000F_FFFF_FFFF_F000;
        }

        return table | (address & 0xFFF);
    }
}
