using CsCheck;
using Parker.Firmware.Acpi;
using Parker.Firmware.Tests.Aml;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Acpi;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>What holds for every plan, sensible or not: tables that are whole, or a diagnostic.</summary>
public sealed class AnyPlanTests
{
    private static readonly Gen<ulong> Page = Gen.Select(Gen.ULong[0, 1UL << 50], Gen.Int[0, 50], (value, shift) => value >> shift << 12);

    private static readonly Gen<ApicId> Id = Gen.OneOf(Gen.UInt[0, 260], Gen.UInt[0, 33_000]).Select(value => new ApicId(value));

    private static readonly Gen<PciWindow> Window =
        Gen.Select(Page, Gen.ULong[0, 1UL << 34], Gen.Bool, (start, length, prefetchable) => new PciWindow(new PhysicalRange(new PhysicalAddress(start), new ByteSize(length)), prefetchable));

    private static readonly Gen<PartitionBus> Bus = Gen.Select(
        Gen.OneOf(Gen.UInt[0, 2], Gen.UInt[0, 70_000]), Gen.Byte, Gen.Byte[0, 8], Page, Window.Array[0, 3], Gen.Int[-1, 4],
        (segment, first, more, ecam, windows, node) => new PartitionBus(
            default, new PciBusRange(segment, first, (byte)Math.Min(255, first + more)), new PhysicalAddress(ecam), windows, [], node < 0 ? null : node));

    private static readonly Gen<PartitionPlan> Plan = Gen.Select(
        Gen.Select(Id, Gen.Int[0, 3]).Array[1, 80], Bus.Array[0, 6], Id, Gen.Int[-5, 300].Array[0, 5].Array[0, 5], Gen.Int[0, 3], Gen.Int[-1, 70],
        (cpus, buses, phantom, distances, node, width) => ExamplePlans.Small with
        {
            Cpus = [.. cpus.Select((cpu, index) => new PartitionCpu(index, cpu.Item1, cpu.Item2))],
            Memory = [ExamplePlans.Small.Memory[0] with { Node = node }],
            Buses = buses,
            PhantomApicId = phantom,
            NodeDistances = distances,
            Iommu = width < 0 ? null : new PartitionIommu(new PhysicalAddress(0xFED9_0000), width, 0),
        });

    [Fact]
    public void Any_plan_gives_whole_tables_or_a_diagnostic()
    {
        int whole = 0;
        Plan.Sample(
            plan =>
            {
                DiagnosticBag diagnostics = [];
                PartitionLayout layout = ExamplePlans.LayOut(ExamplePlans.Small);
                AcpiTableSet? set = AcpiTables.TryBuild(plan, layout, diagnostics);
                Assert.Equal(diagnostics.HasErrors, set is null);
                if (set is not null)
                {
                    AssertWhole(set, layout);
                    Interlocked.Increment(ref whole);
                }
            },
            iter: 1000);
        Assert.True(whole > 30, $"Only {whole} of 1000 plans were sensible: the generator says nothing.");
    }

    private static void AssertWhole(AcpiTableSet set, PartitionLayout layout)
    {
        Assert.True((ulong)set.Bytes.Length <= layout.Acpi.Length.Bytes);
        Assert.All(set.Tables, table => Assert.True(layout.Acpi.Contains(table.Range)));
        Assert.Equal(set.Tables.Aggregate(0UL, (sum, table) => sum + table.Range.Length.Bytes), PhysicalRangeSet.Of(set.Tables.Select(table => table.Range)).TotalLength.Bytes);
        foreach (AcpiTableBlob table in set.Tables.Skip(1))
        {
            DiagnosticBag diagnostics = [];
            Assert.NotNull(AcpiTable.Parse(table.Signature, table.Signature, table.Bytes, diagnostics));
            Assert.Empty(diagnostics);
        }

        Assert.StartsWith("Scope(\\_SB_:Device(C000:", AmlText.Of(set.Tables.Single(table => table.Signature == "DSDT").Bytes.Span[36..]), StringComparison.Ordinal);
    }
}
