using System.Buffers.Binary;
using Parker.Firmware.Acpi;
using Parker.Machine;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology.Acpi;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

public sealed class ProcessorTableTests
{
    [Fact]
    public void First_entry_is_an_enabled_cpu_that_the_machine_does_not_have()
    {
        Entry first = Entries(ExamplePlans.Small)[0];
        Assert.Equal(new Entry(0, 0xFE, 0xFE, true), first);
    }

    [Fact]
    public void Ids_below_255_have_type_0_and_others_type_9()
    {
        Entry[] entries = Entries(WithCpus(0xFD, 0, 254, 255, 256, 32_767));
        Assert.Equal([0, 0, 0, 9, 9, 9], entries.Select(entry => (int)entry.Type));
        Assert.Equal([0xFDu, 0, 254, 255, 256, 32_767], entries.Select(entry => entry.ApicId));
    }

    [Fact]
    public void Phantom_of_type_9_makes_all_type_9()
    {
        Entry[] entries = Entries(WithCpus(300, 0, 254, 256));
        Assert.All(entries, entry => Assert.Equal(9, entry.Type));
        Assert.Equal([300u, 0, 254, 256], entries.Select(entry => entry.ApicId));
    }

    [Fact]
    public void Cpus_are_in_the_plans_order_all_enabled_with_uids_of_their_own()
    {
        Entry[] entries = Entries(ExamplePlans.Large);
        Assert.Equal(ExamplePlans.Large.Cpus.Select(cpu => cpu.ApicId.Value), entries.Skip(1).Select(entry => entry.ApicId));
        Assert.All(entries, entry => Assert.True(entry.IsEnabled));
        Assert.Equal(entries.Length, entries.Select(entry => entry.Uid).Distinct().Count());
    }

    [Fact]
    public void One_io_apic_in_the_partitions_ram_below_4_gib()
    {
        PartitionLayout layout = ExamplePlans.LayOut(ExamplePlans.Small);
        byte[] entry = Assert.Single(Structures(ExamplePlans.Small), structure => structure[0] == 1);
        Assert.Equal(layout.IoApic.Start.Value, BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(4)));
        Assert.Equal(RamIoApic.Id, entry[2]);
        Assert.Equal(AddressKind.Reserved, layout.AddressMap.Single(part => part.Range.Contains(layout.IoApic)).Kind);
    }

    [Fact]
    public void Ram_io_apic_says_24_pins_version_32_and_its_id_for_every_register()
    {
        uint data = BinaryPrimitives.ReadUInt32LittleEndian(RamIoApic.Page().AsSpan(0x10));
        Assert.Equal(23u, data >> 16 & 0xFF);
        Assert.Equal(0x20u, data & 0xFF);
        Assert.Equal(RamIoApic.Id, data >> 24 & 0x0F);
    }

    private static PartitionPlan WithCpus(uint phantom, params uint[] ids) => ExamplePlans.Small with
    {
        PhantomApicId = new ApicId(phantom),
        Cpus = [.. ids.Select((id, index) => new PartitionCpu(index, new ApicId(id), 0))],
    };

    private static Entry[] Entries(PartitionPlan plan) =>
    [
        .. Structures(plan).Where(structure => structure[0] is 0 or 9).Select(structure => structure[0] == 0
            ? new Entry(0, structure[3], structure[2], structure[4] == 1)
            : new Entry(9, BinaryPrimitives.ReadUInt32LittleEndian(structure.AsSpan(4)), BinaryPrimitives.ReadUInt32LittleEndian(structure.AsSpan(12)), structure[8] == 1)),
    ];

    private static List<byte[]> Structures(PartitionPlan plan)
    {
        AcpiTableBlob madt = AcpiTables.Build(plan, ExamplePlans.LayOut(plan)).Tables.Single(table => table.Signature == "APIC");
        DiagnosticBag diagnostics = [];
        AcpiStructureReader reader = new(AcpiTable.Parse("APIC", "APIC", madt.Bytes, diagnostics)!, 44, diagnostics);
        List<byte[]> structures = [];
        while (reader.MoveNext())
        {
            structures.Add(reader.Current.ToArray());
        }

        Assert.Empty(diagnostics);
        return structures;
    }

    private sealed record Entry(byte Type, uint ApicId, uint Uid, bool IsEnabled);
}
