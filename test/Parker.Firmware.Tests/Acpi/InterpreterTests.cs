using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Parker.Firmware.Acpi;
using Parker.Firmware.Aml;
using Parker.Machine;

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

    [Fact]
    public void Removable_processor_is_there_until_it_is_ejected_and_after_it_is_plugged_again()
    {
        const string Test = """
            DefinitionBlock ("", "SSDT", 2, "PARKER", "TEST", 1)
            {
                External (\_SB.C001._STA, MethodObj)
                External (\_SB.C001._EJ0, MethodObj)
                External (\_SB.C001.PLUG, MethodObj)
                External (\_SB.C001.DROP, MethodObj)
                External (\_SB.ACKN, IntObj)
                Name (LIST, Package (5) { 9, 9, 9, 9, 9 })
                Method (TEST, 0, Serialized)
                {
                    LIST [0] = \_SB.C001._STA ()
                    \_SB.C001.DROP ()
                    LIST [1] = \_SB.C001._STA ()
                    \_SB.C001._EJ0 (1)
                    LIST [2] = \_SB.C001._STA ()
                    LIST [3] = \_SB.ACKN
                    \_SB.C001.PLUG ()
                    LIST [4] = \_SB.C001._STA ()
                    Return (LIST)
                }
            }
            """;
        AmlTerm devices = AmlCode.Scope(
            "\\_SB",
            AmlCode.Name("ACKN", AmlCode.Zero),
            ProcessorDevice.Removable("C001", new ApicId(0x23), [0, 8, 0x23, 0x23, 1, 0, 0, 0], 1, AmlCode.Path("\\_SB.ACKN")));
        byte[] dsdt = TableOf(devices);

        Assert.Equal(Iasl.WithoutCreator(dsdt), Iasl.WithoutCreator(Iasl.Compile(Iasl.Disassemble(dsdt))));
        string said = Iasl.Execute([dsdt, Iasl.Compile(Test)], "execute \\TEST");
        Assert.Equal([0x0FUL, 0x0F, 0x00, 0x23, 0x0F], Results(said));
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
