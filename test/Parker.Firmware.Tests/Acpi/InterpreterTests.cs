using System.Globalization;
using System.Text.RegularExpressions;
using Parker.Firmware.Acpi;
using Parker.Partition;

namespace Parker.Firmware.Tests.Acpi;

/// <summary>The DSDT as ACPICA's interpreter runs it, which is the one in the kernel.</summary>
public sealed partial class InterpreterTests
{
    // Gives the command, evaluates the temperature, and returns heartbeat, acknowledgement and temperature in one number.
    private const string Poll = """
        DefinitionBlock ("", "SSDT", 2, "PARKER", "TEST", 1)
        {
            External (\_SB.CMND, FieldUnitObj)
            External (\_SB.CACK, FieldUnitObj)
            External (\_SB.BEAT, FieldUnitObj)
            External (\_SB.THRM._TMP, MethodObj)
            Method (POLL, 1, Serialized)
            {
                \_SB.CMND = Arg0
                Local0 = \_SB.THRM._TMP ()
                Return (\_SB.BEAT * 0x100000000 + \_SB.CACK * 0x10000 + Local0)
            }

            Name (LIST, Package (3) { 0, 0, 0 })
            Method (TEST, 0, Serialized)
            {
                LIST [0] = POLL (0)
                LIST [1] = POLL (1)
                LIST [2] = POLL (7)
                Return (LIST)
            }
        }
        """;

    [Theory]
    [InlineData("small", "integrity")]
    [InlineData("small", "predefined")]
    [InlineData("large", "integrity")]
    [InlineData("large", "predefined")]
    public void Dsdt_loads_and_passes_checks_without_a_complaint(string name, string check)
    {
        string said = Iasl.Execute([ExamplePlans.Table(name, "DSDT").Bytes], check);

        Assert.Contains("1 ACPI AML tables successfully acquired and loaded", said, StringComparison.Ordinal);
        Assert.DoesNotContain("error", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("warning", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Thermal_zone_counts_its_polls_acknowledges_commands_and_is_too_hot_when_told_to_shut_down()
    {
        string said = Iasl.Execute([ExamplePlans.Table("small", "DSDT").Bytes, Iasl.Compile(Poll)], "execute \\TEST");

        Assert.Equal([(1, 0, 2982), (2, 1, 4232), (3, 7, 2982)], Results(said).Select(value => ((int)(value >> 32), (int)(value >> 16 & 0xFFFF), (int)(value & 0xFFFF))));
        Assert.Contains("_CRT, 0x0E94", Iasl.Disassemble(ExamplePlans.Table("small", "DSDT").Bytes), StringComparison.Ordinal);
    }

    // CPU 2 is the one that the kernel starts on, 3 the other that it has, 4 and 5 may come: places 0 to 3 of the DSDT.
    [Fact]
    public void Processors_come_and_go_as_the_header_page_says_and_answer_what_became_of_it()
    {
        const string Test = """
            DefinitionBlock ("", "SSDT", 2, "PARKER", "TEST", 1)
            {
                External (\_SB.CHNG, FieldUnitObj)
                External (\_SB.TAKN, FieldUnitObj)
                External (\_SB.RFSL, FieldUnitObj)
                External (\_SB.G001, FieldUnitObj)
                External (\_SB.G002, FieldUnitObj)
                External (\_SB.T001, FieldUnitObj)
                External (\_SB.T002, FieldUnitObj)
                External (\_SB.T003, FieldUnitObj)
                External (\_SB.A001, FieldUnitObj)
                External (\_SB.A002, FieldUnitObj)
                External (\_SB.C001._STA, MethodObj)
                External (\_SB.C001._OST, MethodObj)
                External (\_SB.C002._STA, MethodObj)
                External (\_SB.C002._EJ0, MethodObj)
                External (\_SB.C002._OST, MethodObj)
                External (\_SB.THRM._TMP, MethodObj)
                Name (LIST, Package (14) {})
                Method (TEST, 0, Serialized)
                {
                    // As the header page is before the start: all are there, and the first poll lets go of those that are not granted.
                    \_SB.CHNG = 1
                    \_SB.G001 = 1
                    \_SB.T001 = 1
                    \_SB.T002 = 1
                    \_SB.T003 = 1
                    LIST [0] = \_SB.C002._STA ()
                    \_SB.THRM._TMP ()
                    LIST [1] = \_SB.TAKN
                    \_SB.C002._OST (3, 0x84, 0)
                    LIST [2] = \_SB.A002
                    \_SB.C002._EJ0 (1)
                    \_SB.C002._OST (3, 0, 0)
                    LIST [3] = \_SB.C002._STA ()
                    LIST [4] = \_SB.A002
                    LIST [5] = \_SB.C001._STA ()

                    // One comes.
                    \_SB.G002 = 1
                    \_SB.CHNG = 2
                    \_SB.THRM._TMP ()
                    LIST [6] = \_SB.C002._STA ()
                    LIST [7] = \_SB.A002
                    \_SB.C002._OST (1, 0, 0)
                    LIST [8] = \_SB.A002

                    // One is to leave, and its kernel refuses.
                    \_SB.G001 = 0
                    \_SB.CHNG = 3
                    \_SB.THRM._TMP ()
                    \_SB.C001._OST (3, 0x84, 0)
                    \_SB.C001._OST (3, 0x82, 0)
                    LIST [9] = \_SB.A001
                    LIST [10] = \_SB.RFSL
                    LIST [11] = \_SB.C001._STA ()
                    LIST [12] = \_SB.TAKN

                    // It is granted again: nothing is asked.
                    \_SB.G001 = 1
                    \_SB.CHNG = 4
                    \_SB.THRM._TMP ()
                    LIST [13] = \_SB.A001
                    Return (LIST)
                }
            }
            """;
        byte[] dsdt = ElasticDsdt();

        Assert.Equal(Iasl.WithoutCreator(dsdt), Iasl.WithoutCreator(Iasl.Compile(Iasl.Disassemble(dsdt))));
        string said = Iasl.Execute([dsdt, Iasl.Compile(Test)], "execute \\TEST");
        Assert.Equal([0x0FUL, 1, 0, 0x00, 1, 0x0F, 0x0F, 0, 1, 2, 0x82, 0x0F, 3, 2], Results(said));
    }

    // Three pieces of memory may come, from node 0 or 1.
    [Fact]
    public void Memory_comes_from_where_the_header_page_says_and_goes_and_answers_what_became_of_it()
    {
        const string Test = """
            DefinitionBlock ("", "SSDT", 2, "PARKER", "TEST", 1)
            {
                External (\_SB.MCHG, FieldUnitObj)
                External (\_SB.MTKN, FieldUnitObj)
                External (\_SB.MRFS, FieldUnitObj)
                External (\_SB.L000, FieldUnitObj)
                External (\_SB.L002, FieldUnitObj)
                External (\_SB.R000, FieldUnitObj)
                External (\_SB.O002, FieldUnitObj)
                External (\_SB.N002, FieldUnitObj)
                External (\_SB.B002, FieldUnitObj)
                External (\_SB.M000._STA, MethodObj)
                External (\_SB.M002._STA, MethodObj)
                External (\_SB.M002._CRS, MethodObj)
                External (\_SB.M002._PXM, MethodObj)
                External (\_SB.M002._EJ0, MethodObj)
                External (\_SB.M002._OST, MethodObj)
                External (\_SB.THRM._TMP, MethodObj)
                Name (LIST, Package (18) {})
                Method (TEST, 0, Serialized)
                {
                    // Nothing is granted at the start, and nothing comes.
                    \_SB.MCHG = 1
                    \_SB.THRM._TMP ()
                    LIST [0] = \_SB.MTKN
                    LIST [1] = \_SB.M002._STA ()

                    // A piece comes from 0x2_1800_0000 of node 1.
                    \_SB.N002 = 1
                    \_SB.B002 = 0x43
                    \_SB.L002 = 1
                    \_SB.MCHG = 2
                    \_SB.THRM._TMP ()
                    LIST [2] = \_SB.MTKN
                    LIST [3] = \_SB.M002._STA ()
                    LIST [4] = \_SB.M002._PXM ()
                    Local0 = \_SB.M002._CRS ()
                    CreateQWordField (Local0, 14, FRST)
                    CreateQWordField (Local0, 22, LAST)
                    CreateQWordField (Local0, 38, SIZE)
                    LIST [5] = FRST
                    LIST [6] = LAST
                    LIST [7] = SIZE
                    \_SB.M002._OST (1, 0, 0)
                    LIST [8] = \_SB.O002
                    LIST [9] = \_SB.R000
                    LIST [10] = \_SB.M000._STA ()

                    // It is to leave, and its kernel refuses; then it lets go of it.
                    \_SB.L002 = 0
                    \_SB.MCHG = 3
                    \_SB.THRM._TMP ()
                    \_SB.M002._OST (3, 0x84, 0)
                    LIST [11] = \_SB.O002
                    \_SB.M002._OST (3, 0x82, 0)
                    LIST [12] = \_SB.O002
                    LIST [13] = \_SB.MRFS
                    \_SB.M002._EJ0 (1)
                    \_SB.M002._OST (3, 0, 0)
                    LIST [14] = \_SB.M002._STA ()
                    LIST [15] = \_SB.O002

                    // It is granted again before its kernel lets go of it at last: the next poll brings it back.
                    \_SB.L002 = 1
                    \_SB.MCHG = 4
                    \_SB.THRM._TMP ()
                    \_SB.M002._EJ0 (1)
                    LIST [16] = \_SB.M002._STA ()
                    \_SB.THRM._TMP ()
                    LIST [17] = \_SB.M002._STA ()
                    Return (LIST)
                }
            }
            """;
        string said = Iasl.Execute([ElasticDsdt(), Iasl.Compile(Test)], "execute \\TEST");
        Assert.Equal([1UL, 0, 2, 0x0F, 1, 0x2_1800_0000, 0x2_1FFF_FFFF, 0x800_0000, 1, 0, 0, 0, 2, 0x82, 0, 1, 0, 0x0F], Results(said));
    }

    [Theory]
    [InlineData("integrity")]
    [InlineData("predefined")]
    public void Dsdt_with_processors_and_memory_that_come_and_go_passes_checks_without_a_complaint(string check)
    {
        string said = Iasl.Execute([ElasticDsdt()], check);

        Assert.Contains("1 ACPI AML tables successfully acquired and loaded", said, StringComparison.Ordinal);
        Assert.DoesNotContain("error", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("warning", said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Dsdt_has_room_for_all_pieces_of_memory_that_the_header_page_has()
    {
        PartitionPlan plan = ExamplePlans.Elastic;
        ulong step = plan.ElasticMemory!.StepBytes;
        plan = plan with { ElasticMemory = plan.ElasticMemory with { MaxBytes = plan.BaseMemorySize.Bytes + (256 * step) } };
        Assert.Equal(HeaderPageLayout.MaxMemoryPlaces, plan.MemoryPlaces);
        string said = Iasl.Execute([DsdtOf(plan)], "integrity");

        Assert.Contains("1 ACPI AML tables successfully acquired and loaded", said, StringComparison.Ordinal);
        Assert.DoesNotContain("error", said, StringComparison.OrdinalIgnoreCase);

        // And for none, where it starts with all that it may have.
        Assert.DoesNotContain("M000", Iasl.Disassemble(DsdtOf(plan with { ElasticMemory = plan.ElasticMemory with { MaxBytes = plan.BaseMemorySize.Bytes } })), StringComparison.Ordinal);
    }

    private static byte[] ElasticDsdt() => DsdtOf(ExamplePlans.Elastic);

    private static byte[] DsdtOf(PartitionPlan plan) => AcpiTables.Build(plan, ExamplePlans.LayOut(plan)).Tables.Single(table => table.Signature == "DSDT").Bytes.ToArray();

    private static IEnumerable<ulong> Results(string said) =>
        Integer().Matches(said).Select(match => ulong.Parse(match.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[Integer\] = ([0-9A-F]{16})")]
    private static partial Regex Integer();
}
