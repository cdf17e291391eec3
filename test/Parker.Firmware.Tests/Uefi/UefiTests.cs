using System.Buffers.Binary;
using System.IO.Hashing;
using Iced.Intel;
using Parker.Firmware.Uefi;
using Parker.Machine;
using Parker.Partition;
using Parker.Partition.Tests.Plans;

namespace Parker.Firmware.Tests.Uefi;

public sealed class UefiTests
{
    private static readonly PartitionLayout Layout = PartitionLayout.TryCreate(ExamplePlans.Small, ExamplePlans.Footprint, [])!;
    private static readonly PhysicalAddress Rsdp = Layout.Acpi.Start;
    private readonly UefiRuntimeCode _code = UefiRuntimeCode.Assemble(Layout);
    private readonly byte[] _page;

    public UefiTests() => _page = UefiTables.Build(Layout, _code, Rsdp);

    [Fact]
    public void Code_is_what_the_listing_says()
    {
        const string listing = """
            0000 endbr64
            0004 mov rax,8000000000000003h
            000E ret
            000F endbr64
            0013 lea r8,[rel 0]
            001A rdtsc
            001C shl rdx,20h
            0020 or rax,rdx
            0023 mov [r8-1EE8h],rax
            002A mov dword [r8-1EF0h],1
            0035 xor eax,eax
            0037 ret
            0038 endbr64
            003C cli
            003D lea r8,[rel 0]
            0044 mov [r8-1EDCh],edx
            004B rdtsc
            004D shl rdx,20h
            0051 or rax,rdx
            0054 mov [r8-1ED8h],rax
            005B add ecx,100h
            0061 mov [r8-1EE0h],ecx
            0068 hlt
            0069 jmp short 0000000000000068h
            """;
        Assert.Equal(listing, Listing(_code.Bytes));
    }

    [Fact]
    public void Code_is_the_same_wherever_the_partition_lies()
    {
        PartitionLayout other = PartitionLayout.TryCreate(ExamplePlans.Large, ExamplePlans.Footprint, [])!;

        Assert.Equal(Convert.ToHexString(_code.Bytes.Span), Convert.ToHexString(UefiRuntimeCode.Assemble(other).Bytes.Span));
    }

    [Theory]
    [InlineData(0x000, 120, 0x5453595320494249)]
    [InlineData(0x080, 136, 0x56524553544E5552)]
    public void Table_headers_have_signature_length_and_a_right_checksum(int offset, int length, ulong signature)
    {
        byte[] table = _page[offset..(offset + length)];

        Assert.Equal(signature, BinaryPrimitives.ReadUInt64LittleEndian(table));
        Assert.Equal((uint)length, BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(12)));
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(16));
        table.AsSpan(16, 4).Clear();
        Assert.Equal(Crc32.HashToUInt32(table), checksum);
    }

    [Fact]
    public void System_table_leads_to_services_configuration_and_vendor()
    {
        Assert.Equal(At(0x080), Pointer(0x58));
        Assert.Equal(At(0x180), Pointer(0x70));
        Assert.Equal(3UL, Pointer(0x68).Value);
        Assert.Equal(At(0x220), Pointer(0x18));
        Assert.Equal("Parker\0", System.Text.Encoding.Unicode.GetString(_page.AsSpan(0x220, 14)));
    }

    [Fact]
    public void Services_are_unsupported_but_for_the_two_that_do_something()
    {
        string[] names = [.. Enumerable.Range(0, 14).Select(index => Name(Pointer(0x98 + (8 * index)) - Layout.UefiCode.Start))];

        Assert.Equal(
            ["-", "-", "-", "-", "SetVirtualAddressMap", "-", "-", "-", "-", "-", "ResetSystem", "-", "-", "-"],
            names);

        string Name(ByteSize offset) => offset == _code.ResetSystem ? "ResetSystem" : offset == _code.SetVirtualAddressMap ? "SetVirtualAddressMap" : offset == _code.Unsupported ? "-" : $"{offset}?";
    }

    [Fact]
    public void Configuration_table_names_acpi_smbios_and_runtime_properties()
    {
        Assert.Equal(UefiTables.AcpiTable, new Guid(_page.AsSpan(0x180, 16)));
        Assert.Equal(Rsdp, Pointer(0x190));
        Assert.Equal(UefiTables.Smbios3Table, new Guid(_page.AsSpan(0x198, 16)));
        Assert.Equal(Layout.Smbios.Start, Pointer(0x1A8));
        Assert.Equal(UefiTables.RuntimePropertiesTable, new Guid(_page.AsSpan(0x1B0, 16)));
        Assert.Equal(At(0x200), Pointer(0x1C0));
        Assert.Equal("0100080080040000", Convert.ToHexString(_page.AsSpan(0x200, 8)));
    }

    private static PhysicalAddress At(ulong offset) => Layout.UefiData.Start + new ByteSize(offset);

    private PhysicalAddress Pointer(int offset) => new(BinaryPrimitives.ReadUInt64LittleEndian(_page.AsSpan(offset)));

    private static string Listing(ReadOnlyMemory<byte> code)
    {
        Decoder decoder = Decoder.Create(64, code.ToArray());
        NasmFormatter formatter = new();
        List<string> lines = [];
        foreach (Instruction instruction in decoder)
        {
            StringOutput text = new();
            formatter.Format(instruction, text);
            lines.Add($"{instruction.IP:X4} {text.ToStringAndReset()}");
        }

        return string.Join('\n', lines);
    }
}
