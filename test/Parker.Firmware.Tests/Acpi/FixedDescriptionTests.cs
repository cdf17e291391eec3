using System.Buffers.Binary;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>By the offsets and bits of the ACPI specification, 5.2.9.</summary>
public sealed class FixedDescriptionTests
{
    private static readonly byte[] Fadt = ExamplePlans.Table("small", "FACP").Bytes.ToArray();

    [Fact]
    public void Revision_is_that_of_acpi_6_3()
    {
        Assert.Equal(276, Fadt.Length);
        Assert.Equal((6, 3), (Fadt[8], Fadt[131]));
    }

    [Fact]
    public void Hardware_is_reduced_and_destinations_are_physical()
    {
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(Fadt.AsSpan(112));
        Assert.Equal(1u, flags >> 20 & 1);
        Assert.Equal(1u, flags >> 19 & 1);
        Assert.Equal(0u, flags >> 10 & 1); // no reset register: Linux would go on to the keyboard controller after 15 ms
        Assert.Equal(0u, flags >> 18 & 1);
    }

    [Fact]
    public void Drivers_of_the_boot_kernels_devices_stay_away()
    {
        ushort boot = BinaryPrimitives.ReadUInt16LittleEndian(Fadt.AsSpan(109));
        Assert.Equal(0, boot & 1); // legacy devices
        Assert.Equal(0, boot >> 1 & 1); // 8042
        Assert.Equal(1, boot >> 2 & 1); // no VGA
        Assert.Equal(0, boot >> 3 & 1); // no MSI
        Assert.Equal(1, boot >> 5 & 1); // no CMOS RTC
    }

    [Fact]
    public void No_port_and_no_register_is_named()
    {
        Assert.All(Fadt[56..96], value => Assert.Equal(0, value));
        Assert.All(Fadt[116..129], value => Assert.Equal(0, value));
        Assert.All(Fadt[148..268], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Dsdt_is_found_by_its_64_bit_address_only()
    {
        Assert.Equal(0u, BinaryPrimitives.ReadUInt32LittleEndian(Fadt.AsSpan(40)));
        Assert.Equal(ExamplePlans.Table("small", "DSDT").Address.Value, BinaryPrimitives.ReadUInt64LittleEndian(Fadt.AsSpan(140)));
    }

    [Fact]
    public void Root_pointer_leads_to_the_xsdt_and_that_to_all_others_but_the_dsdt()
    {
        byte[] rsdp = ExamplePlans.Table("large", "RSDP").Bytes.ToArray();
        Assert.Equal("RSD PTR "u8, rsdp.AsSpan(0, 8));
        Assert.Equal(2, rsdp[15]);
        Assert.Equal(ExamplePlans.Table("large", "XSDT").Address.Value, BinaryPrimitives.ReadUInt64LittleEndian(rsdp.AsSpan(24)));

        byte[] xsdt = ExamplePlans.Table("large", "XSDT").Bytes.ToArray();
        Assert.Equal(
            ExamplePlans.Tables("large").Tables.Where(table => table.Signature is not ("RSDP" or "XSDT" or "DSDT")).Select(table => table.Address.Value),
            Enumerable.Range(0, (xsdt.Length - 36) / 8).Select(index => BinaryPrimitives.ReadUInt64LittleEndian(xsdt.AsSpan(36 + 8 * index))));
    }
}
