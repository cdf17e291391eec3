using Parker.Fixtures.Acpi;
using Parker.Machine.Diagnostics;
using Parker.Machine.Topology;
using Parker.Machine.Topology.Acpi;

namespace Parker.Machine.Tests.Topology.Acpi;

public sealed class AcpiTableTests
{
    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void Parse_of_a_whole_table_gives_its_header_and_body()
    {
        byte[] bytes = [.. AcpiTableBytes.Make("MCFG", 1, [1, 2, 3]), 0xee];

        AcpiTable? table = AcpiTable.Parse("there", "MCFG", bytes, _diagnostics);

        Assert.NotNull(table);
        Assert.Equal(("MCFG", (byte)1, "TESTER", "TESTBLE"), (table.Signature, table.Revision, table.OemId, table.OemTableId));
        Assert.Equal([1, 2, 3], table.Body.ToArray());
        Assert.Empty(_diagnostics);
    }

    [Fact]
    public void Parse_of_a_wrong_checksum_is_reported_and_the_table_used()
    {
        byte[] bytes = AcpiTableBytes.Make("MCFG", 1, [1]);
        bytes[^1] ^= 1;

        Assert.NotNull(AcpiTable.Parse("there", "MCFG", bytes, _diagnostics));
        Assert.Equal("TOPO012", Assert.Single(_diagnostics).Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(39)]
    public void Parse_of_a_cut_table_is_null(int length)
    {
        Assert.Null(AcpiTable.Parse("there", "MCFG", AcpiTableBytes.Make("MCFG", 1, [1, 2, 3, 4]).AsMemory(0, length), _diagnostics));
        Assert.Equal("TOPO010", Assert.Single(_diagnostics).Id);
    }

    [Fact]
    public void Parse_of_another_signature_is_null()
    {
        Assert.Null(AcpiTable.Parse("there", "APIC", AcpiTableBytes.Make("MCFG", 1), _diagnostics));
        Assert.Equal("TOPO011", Assert.Single(_diagnostics).Id);
    }

    [Fact]
    public void Read_takes_the_first_four_letters_of_a_file_name_as_the_signature()
    {
        InMemoryMachineSource machine = new InMemoryMachineSource().File("/sys/firmware/acpi/tables/SSDT2", AcpiTableBytes.Make("SSDT", 2));

        Assert.NotNull(AcpiTable.Read(machine, "SSDT2", _diagnostics));
        Assert.Null(AcpiTable.Read(machine, "SSDT3", _diagnostics));
        Assert.Empty(_diagnostics);
    }

    [Fact]
    public void Read_of_a_table_that_may_not_be_read_is_reported()
    {
        InMemoryMachineSource machine = new InMemoryMachineSource().Refuse("/sys/firmware/acpi/tables/APIC", SourceStatus.Denied);

        Assert.Null(AcpiTable.Read(machine, "APIC", _diagnostics));
        Assert.Equal("TOPO001", Assert.Single(_diagnostics).Id);
    }

    [Theory]
    [InlineData(new byte[] { 5, 4, 1, 2, 6, 2 }, 2, 0)]
    [InlineData(new byte[] { 5, 4, 1, 2, 6, 0 }, 1, 1)]
    [InlineData(new byte[] { 5, 4, 1, 2, 6 }, 1, 1)]
    [InlineData(new byte[] { 5, 9, 1, 2 }, 0, 1)]
    public void Structures_are_walked_up_to_the_first_impossible_one(byte[] body, int structures, int findings)
    {
        AcpiTable table = AcpiTable.Parse("there", "TEST", AcpiTableBytes.Make("TEST", 1, body), _diagnostics)!;
        AcpiStructureReader reader = new(table, AcpiTable.HeaderLength, _diagnostics);
        int count = 0;
        while (reader.MoveNext())
        {
            count++;
        }

        Assert.Equal(structures, count);
        Assert.Equal(findings, _diagnostics.Count(diagnostic => diagnostic.Id == "TOPO013"));
    }
}
