using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Parker.Firmware.Acpi;
using Parker.Firmware.Aml;
using Parker.Machine;
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

    [Fact]
    public void Memory_device_is_there_from_plug_to_eject_and_acknowledges()
    {
        const string Test = """
            DefinitionBlock ("", "SSDT", 2, "PARKER", "TEST", 1)
            {
                External (\_SB.M000._STA, MethodObj)
                External (\_SB.M000._EJ0, MethodObj)
                External (\_SB.M000.PLUG, MethodObj)
                External (\_SB.ACKN, IntObj)
                Name (LIST, Package (4) { 9, 9, 9, 9 })
                Method (TEST, 0, Serialized)
                {
                    LIST [0] = \_SB.M000._STA ()
                    \_SB.M000.PLUG ()
                    LIST [1] = \_SB.M000._STA ()
                    \_SB.M000._EJ0 (1)
                    LIST [2] = \_SB.M000._STA ()
                    LIST [3] = \_SB.ACKN
                    Return (LIST)
                }
            }
            """;
        AmlTerm devices = AmlCode.Scope(
            "\\_SB",
            AmlCode.Name("ACKN", AmlCode.Zero),
            MemoryDevice.Term("M000", 5, new PhysicalRange(new PhysicalAddress(0x1_8000_0000), ByteSize.FromMebibytes(128)), 1, AmlCode.Path("\\_SB.ACKN")));
        byte[] dsdt = TableOf(devices);

        Assert.Equal(Iasl.WithoutCreator(dsdt), Iasl.WithoutCreator(Iasl.Compile(Iasl.Disassemble(dsdt))));
        string said = Iasl.Execute([dsdt, Iasl.Compile(Test)], "execute \\TEST");
        Assert.Equal([0x00UL, 0x0F, 0x00, 5], Results(said));
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

    [Theory]
    [InlineData("integrity")]
    [InlineData("predefined")]
    public void Dsdt_with_processors_that_come_and_go_passes_checks_without_a_complaint(string check)
    {
        string said = Iasl.Execute([ElasticDsdt()], check);

        Assert.Contains("1 ACPI AML tables successfully acquired and loaded", said, StringComparison.Ordinal);
        Assert.DoesNotContain("error", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("warning", said, StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] ElasticDsdt()
    {
        PartitionPlan plan = ExamplePlans.Elastic;
        return AcpiTables.Build(plan, ExamplePlans.LayOut(plan)).Tables.Single(table => table.Signature == "DSDT").Bytes.ToArray();
    }

    // A DSDT of the given terms, with the header of the golden one.
    private static byte[] TableOf(AmlTerm terms)
    {
        byte[] bytes = [.. ExamplePlans.Table("small", "DSDT").Bytes.Span[..36], .. terms.Encoding.Span];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
        bytes[9] = 0;
        bytes[9] = (byte)((256 - bytes.Sum(value => value) % 256) % 256);
        return bytes;
    }

    private static IEnumerable<ulong> Results(string said) =>
        Integer().Matches(said).Select(match => ulong.Parse(match.Groups[1].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[Integer\] = ([0-9A-F]{16})")]
    private static partial Regex Integer();
}
