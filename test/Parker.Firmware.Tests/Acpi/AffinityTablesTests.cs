using System.Buffers.Binary;
using Parker.Firmware.Acpi;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Acpi;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

public sealed class AffinityTablesTests
{
    [Fact]
    public void Usable_memory_and_low_slot_are_covered()
    {
        foreach (PartitionPlan plan in new[] { ExamplePlans.Small, ExamplePlans.Large })
        {
            PhysicalRangeSet covered = PhysicalRangeSet.Of(Memory(plan).Select(entry => entry.Range));
            Assert.All(
                ExamplePlans.LayOut(plan).AddressMap.Where(entry => entry.Kind is AddressKind.Usable or AddressKind.AcpiReclaimable),
                entry => Assert.True(covered.Contains(entry.Range)));
        }
    }

    [Fact]
    public void Nodes_are_numbered_from_0_in_the_boot_kernels_order()
    {
        Assert.Equal([(0u, 0x30000UL), (0u, 0x20_0000_0000UL), (1u, 0x60_0000_0000UL), (1u, 0x80_0000_0000UL)], Memory(ExamplePlans.Large).Select(entry => (entry.Domain, entry.Range.Start.Value)));
        Assert.Equal(ExamplePlans.Large.Cpus.Select(cpu => (cpu.ApicId.Value, cpu.Node == 1 ? 0u : 1u)), Processors(ExamplePlans.Large));
    }

    [Fact]
    public void Cpus_have_the_same_kind_of_structure_as_in_the_madt()
    {
        Assert.Equal([(0, 32), (2, 32)], Structures(ExamplePlans.Large).Where(bytes => bytes[0] != 1).CountBy(bytes => (int)bytes[0]).Select(pair => (pair.Key, pair.Value)));
        Assert.All(Structures(ExamplePlans.Small with { PhantomApicId = new ApicId(999) }), bytes => Assert.NotEqual(0, bytes[0]));
    }

    [Fact]
    public void Every_structure_is_enabled() =>
        Assert.All(Structures(ExamplePlans.Large), bytes => Assert.Equal(1u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes[0] switch { 0 => 4, 1 => 28, _ => 12 }))));

    [Fact]
    public void Distances_are_those_of_the_partitions_nodes()
    {
        byte[] slit = ExamplePlans.Table("large", "SLIT").Bytes.ToArray();
        Assert.Equal(2UL, BinaryPrimitives.ReadUInt64LittleEndian(slit.AsSpan(36)));
        Assert.Equal([10, 21, 21, 10], slit[44..]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(256)]
    public void Distance_that_linux_would_not_take_becomes_20_with_a_warning(int distance)
    {
        PartitionPlan plan = ExamplePlans.Large with { NodeDistances = [[], [10, 10, 10, distance], [], [10, 22]] };
        DiagnosticBag diagnostics = [];
        AcpiTableSet set = AcpiTables.TryBuild(plan, ExamplePlans.LayOut(plan), diagnostics)!;

        Assert.Equal("ACPI006", Assert.Single(diagnostics).Id);
        Assert.Equal([10, 20, 22, 10], set.Tables.Single(table => table.Signature == "SLIT").Bytes.ToArray()[44..]);
    }

    private static IEnumerable<(uint ApicId, uint Domain)> Processors(PartitionPlan plan) => Structures(plan).Where(bytes => bytes[0] != 1).Select(bytes => bytes[0] == 0
        ? (bytes[3], (uint)bytes[2] | (uint)bytes[9] << 8 | (uint)bytes[10] << 16 | (uint)bytes[11] << 24)
        : (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4))));

    private static IEnumerable<(uint Domain, PhysicalRange Range)> Memory(PartitionPlan plan) => Structures(plan).Where(bytes => bytes[0] == 1).Select(bytes => (
        BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(2)),
        new PhysicalRange(new PhysicalAddress(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8))), new ByteSize(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16))))));

    private static List<byte[]> Structures(PartitionPlan plan)
    {
        DiagnosticBag diagnostics = [];
        ReadOnlyMemory<byte> srat = AcpiTables.Build(plan, ExamplePlans.LayOut(plan)).Tables.Single(table => table.Signature == "SRAT").Bytes;
        AcpiStructureReader reader = new(AcpiTable.Parse("SRAT", "SRAT", srat, diagnostics)!, 48, diagnostics);
        List<byte[]> structures = [];
        while (reader.MoveNext())
        {
            structures.Add(reader.Current.ToArray());
        }

        Assert.Empty(diagnostics);
        return structures;
    }
}
