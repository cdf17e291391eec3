using Parker.Firmware.Acpi;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Acpi;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

public sealed class AcpiTablesTests
{
    public static TheoryData<string> Examples => ["small", "large"];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Set_is_one_block_from_the_root_pointer_on(string name)
    {
        PartitionLayout layout = ExamplePlans.LayOut(ExamplePlans.ByName(name));
        AcpiTableSet set = AcpiTables.Build(ExamplePlans.ByName(name), layout);

        Assert.Equal(layout.Acpi.Start, set.Rsdp);
        Assert.Equal("RSDP", set.Tables[0].Signature);
        Assert.Equal(set.Rsdp, set.Tables[0].Address);
        Assert.All(set.Tables, table => Assert.True(layout.Acpi.Contains(table.Range)));
        Assert.All(set.Tables.Zip(set.Tables.Skip(1)), pair => Assert.True(pair.First.Range.End <= pair.Second.Address));
        Assert.All(set.Tables, table => Assert.True(table.Bytes.Span.SequenceEqual(set.Bytes.Span.Slice((int)(table.Address - set.Rsdp).Bytes, table.Bytes.Length))));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Tables_sum_up_to_zero_and_have_their_length(string name)
    {
        AcpiTableSet set = ExamplePlans.Tables(name);

        Assert.Equal(0, set.Tables[0].Bytes.Span[..20].ToArray().Sum(value => value) % 256);
        Assert.Equal(0, set.Tables[0].Bytes.Span.ToArray().Sum(value => value) % 256);
        foreach (AcpiTableBlob table in set.Tables.Skip(1))
        {
            DiagnosticBag diagnostics = [];
            AcpiTable? read = AcpiTable.Parse(table.Signature, table.Signature, table.Bytes, diagnostics);
            Assert.Empty(diagnostics);
            Assert.Equal(table.Bytes.Length, read!.Bytes.Length);
            Assert.Equal("PARKER", read.OemId);
        }
    }

    [Fact]
    public void Tables_are_those_that_the_partition_needs()
    {
        Assert.Equal(["RSDP", "DSDT", "FACP", "APIC", "MCFG", "SRAT", "SLIT", "XSDT"], ExamplePlans.Tables("small").Tables.Select(table => table.Signature));
        Assert.Equal(["RSDP", "DSDT", "FACP", "APIC", "MCFG", "SRAT", "SLIT", "DMAR", "XSDT"], ExamplePlans.Tables("large").Tables.Select(table => table.Signature));
    }

    [Fact]
    public void Partition_without_buses_has_no_mcfg()
    {
        PartitionPlan plan = ExamplePlans.Small with { Buses = [] };
        Assert.DoesNotContain(AcpiTables.Build(plan, ExamplePlans.LayOut(plan)).Tables, table => table.Signature == "MCFG");
    }

    [Fact]
    public void More_cpus_than_names_are_refused() =>
        Refused("ACPI001", ExamplePlans.Small with { Cpus = [.. Enumerable.Range(0, 4097).Select(index => new PartitionCpu(index, new ApicId((uint)index + 512), 0))] });

    [Fact]
    public void Tables_larger_than_their_room_are_refused()
    {
        PartitionBus bus = ExamplePlans.Small.Buses[0];
        PciWindow window = bus.Windows[0];
        Refused("ACPI002", ExamplePlans.Small with { Buses = [bus with { Windows = [.. Enumerable.Repeat(window, 50_000)] }] });
    }

    [Fact]
    public void Apic_id_given_twice_is_refused()
    {
        Refused("ACPI003", ExamplePlans.Small with { Cpus = [new(2, new ApicId(2), 0), new(3, new ApicId(2), 0)] });
        Refused("ACPI003", ExamplePlans.Small with { PhantomApicId = new ApicId(3) });
    }

    [Fact]
    public void Apic_id_that_linux_does_not_take_is_refused()
    {
        Refused("ACPI007", ExamplePlans.Small with { Cpus = [new(2, new ApicId(32768), 0)] });
        Refused("ACPI007", ExamplePlans.Small with { PhantomApicId = new ApicId(uint.MaxValue) });
    }

    [Fact]
    public void Segment_that_does_not_fit_is_refused()
    {
        PartitionBus bus = ExamplePlans.Small.Buses[0] with { Buses = new PciBusRange(0x10000, 0, 0) };
        Refused("ACPI004", ExamplePlans.Small with { Buses = [bus] });
        Refused("ACPI004", ExamplePlans.Small with { Iommu = new PartitionIommu(new PhysicalAddress(0xFED9_0000), 39, ushort.MaxValue) });
    }

    [Fact]
    public void Buses_that_are_reversed_or_granted_twice_are_refused()
    {
        PartitionBus bus = ExamplePlans.Small.Buses[0];
        Refused("ACPI008", ExamplePlans.Small with { Buses = [bus with { Buses = new PciBusRange(0, 5, 4) }] });
        Refused("ACPI008", ExamplePlans.Small with { Buses = [bus, bus with { Buses = new PciBusRange(0, 0, 3) }] });
    }

    [Fact]
    public void Impossible_iommu_unit_is_refused()
    {
        Refused("ACPI005", ExamplePlans.Small with { Iommu = new PartitionIommu(new PhysicalAddress(0xFED9_0000), 0, 0) });
        Refused("ACPI005", ExamplePlans.Small with { Iommu = new PartitionIommu(new PhysicalAddress(0xFED9_0010), 39, 0) });
    }

    [Fact]
    public void Largest_partition_with_names_fits_its_room()
    {
        PartitionPlan plan = ExamplePlans.Large with { Cpus = [.. Enumerable.Range(0, 4096).Select(index => new PartitionCpu(index, new ApicId((uint)index + 512), index % 2 == 0 ? 1 : 3))] };
        Assert.NotNull(AcpiTables.Build(plan, ExamplePlans.LayOut(plan)));
    }

    private static void Refused(string id, PartitionPlan plan)
    {
        DiagnosticBag diagnostics = [];
        PartitionLayout layout = ExamplePlans.LayOut(ExamplePlans.Small);
        Assert.Null(AcpiTables.TryBuild(plan, layout, diagnostics));
        Assert.Equal(id, Assert.Single(diagnostics).Id);
        Assert.Contains(id, Assert.Throws<ArgumentException>(() => AcpiTables.Build(plan, layout)).Message, StringComparison.Ordinal);
    }
}
