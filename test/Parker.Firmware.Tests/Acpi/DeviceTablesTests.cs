using System.Buffers.Binary;
using Parker.Firmware.Acpi;
using Parker.Firmware.Tests.Aml;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>MCFG, DMAR and the devices of the DSDT.</summary>
public sealed class DeviceTablesTests
{
    [Fact]
    public void Mcfg_has_the_granted_buses_alone_and_never_segment_0()
    {
        byte[] mcfg = ExamplePlans.Table("large", "MCFG").Bytes.ToArray();
        Assert.Equal(1, mcfg[8]);
        Assert.Equal(
            [(0x3FF_0000_0000UL, 1, 0x81, 0x82), (0x3FF_0000_0000UL, 1, 0x83, 0x83), (0x3FF_1000_0000UL, 2, 0x41, 0x45)],
            Enumerable.Range(0, (mcfg.Length - 44) / 16).Select(index => mcfg.AsMemory(44 + 16 * index).Span.ToArray())
                .Select(entry => (BinaryPrimitives.ReadUInt64LittleEndian(entry), (int)BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(8)), (int)entry[10], (int)entry[11])));
    }

    [Fact]
    public void Motherboard_device_reserves_exactly_the_ecam_ranges()
    {
        string dsdt = Dsdt(ExamplePlans.Large);
        Assert.Contains("Device(ECAM:Name(_HID,0x20cd041)", dsdt, StringComparison.Ordinal);
        Assert.All(ExamplePlans.Large.Buses, bus => Assert.Contains(QWords(bus.Ecam), dsdt, StringComparison.Ordinal));
        Assert.Equal(ExamplePlans.Large.Buses.Count, Count(dsdt, "8a2b00000d01"));
    }

    [Fact]
    public void Root_bridge_says_its_segment_buses_and_windows()
    {
        string dsdt = Dsdt(ExamplePlans.Large);
        Assert.Contains(
            "Device(P002:Name(_HID,0x80ad041),Name(_CID,0x30ad041),Name(_UID,0x2),Name(_SEG,0x2),Name(_BBN,0x41),Name(_CCA,0x1),Name(_PXM,0x1),Name(_CRS,", dsdt, StringComparison.Ordinal);
        Assert.Contains("880d00020c000000410045000000050087170000" + "0c0100000000000000e0ffffffe10000000000000002", dsdt, StringComparison.Ordinal);
        Assert.Contains("8a2b00000c07" + QWords(ExamplePlans.Large.Buses[2].Windows[1].Range), dsdt, StringComparison.Ordinal);
    }

    // Linux would make a node of its own for a proximity domain that the SRAT does not have.
    [Fact]
    public void Root_bridge_on_a_node_that_the_partition_has_no_part_of_has_no_proximity()
    {
        Assert.Contains("Name(_BBN,0x83),Name(_CCA,0x1),Name(_CRS,", Dsdt(ExamplePlans.Large), StringComparison.Ordinal);
        Assert.Contains("Name(_BBN,0x1),Name(_CCA,0x1),Name(_CRS,", Dsdt(ExamplePlans.Small), StringComparison.Ordinal);
    }

    [Fact]
    public void Processor_has_the_madts_uid_and_entry()
    {
        Assert.Contains("Device(C001:Name(_HID,\"ACPI0007\"),Name(_UID,0x3),Name(_PXM,0x0),Name(_STA,0xf),Name(_MAT,Buffer(:0x8:0008030301000000)))", Dsdt(ExamplePlans.Small), StringComparison.Ordinal);
        Assert.Contains("Name(_UID,0x13e),Name(_PXM,0x1),Name(_STA,0xf),Name(_MAT,Buffer(:0x10:091000003e010000010000003e010000)))", Dsdt(ExamplePlans.Large), StringComparison.Ordinal);
        Assert.Equal(64, Count(Dsdt(ExamplePlans.Large), "ACPI0007"));
    }

    [Fact]
    public void Uart_has_ports_and_no_interrupt()
    {
        Assert.Contains("Device(UART:Name(_HID,0x105d041),Name(_UID,0x0),Name(_CRS,Buffer(:0xa:4701f802f80201087900)))", Dsdt(ExamplePlans.Small), StringComparison.Ordinal);
        Assert.DoesNotContain("UART", Dsdt(ExamplePlans.Large), StringComparison.Ordinal);
    }

    [Fact]
    public void Thermal_zone_is_polled_each_second_over_the_words_of_the_header_page()
    {
        string dsdt = Dsdt(ExamplePlans.Small);
        Assert.Contains("OperationRegion(HDRP,space0,0x140000130,0x14),Field(HDRP#3:BEAT/32;/32;CMND/32;/32;CACK/32;)", dsdt, StringComparison.Ordinal);
        Assert.Contains("ThermalZone(THRM:Name(_TZP,0xa)", dsdt, StringComparison.Ordinal);
    }

    [Fact]
    public void Dmar_is_what_a_stock_kernel_remaps_interrupts_with()
    {
        byte[] dmar = ExamplePlans.Table("large", "DMAR").Bytes.ToArray();
        Assert.Equal((45, 1), (dmar[36], dmar[37])); // width - 1, INTR_REMAP
        Assert.Equal("0000" + "1800" + "01" + "00" + "0100" + "00c0fffb00000000", Convert.ToHexStringLower(dmar.AsSpan(48, 16)));
        Assert.Equal("03" + "08" + "0000" + RamIoApic.Id.ToString("x2", null) + "ff" + "0000", Convert.ToHexStringLower(dmar.AsSpan(64)));
        Assert.DoesNotContain(ExamplePlans.Tables("small").Tables, table => table.Signature == "DMAR");
    }

    [Fact]
    public void Dmar_serves_the_segment_that_the_buses_have()
    {
        PartitionIommu unit = ExamplePlans.Large.Iommu!;
        Assert.Equal(ExamplePlans.Large.Buses[0].ApplicationSegment, unit.ApplicationSegment);
    }

    private static string Dsdt(PartitionPlan plan) =>
        AmlText.Of(AcpiTables.Build(plan, ExamplePlans.LayOut(plan)).Tables.Single(table => table.Signature == "DSDT").Bytes.Span[36..]);

    // Granularity, first and last address, translation and length of a 64-bit descriptor.
    private static string QWords(PhysicalRange range)
    {
        byte[] bytes = new byte[40];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), range.Start.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), range.Last.Value);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), range.Length.Bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
