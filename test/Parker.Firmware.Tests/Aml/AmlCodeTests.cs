using Parker.Firmware.Aml;
using Parker.Firmware.Tests.Acpi;
using Parker.Machine;
using static Parker.Firmware.Aml.AmlCode;

namespace Parker.Firmware.Tests.Aml;

public sealed class AmlCodeTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(2, "0A02")]
    [InlineData(0xFF, "0AFF")]
    [InlineData(0x100, "0B0001")]
    [InlineData(0x10000, "0C00000100")]
    [InlineData(0x1_0000_0000, "0E0000000001000000")]
    [InlineData(ulong.MaxValue, "FF")]
    public void Number_takes_the_fewest_bytes(ulong value, string bytes) => Assert.Equal(bytes, Hex(Number(value)));

    [Theory]
    [InlineData("\\", "5C00")]
    [InlineData("\\_SB", "5C5F53425F")]
    [InlineData("^^A", "5E5E415F5F5F")]
    [InlineData("\\_SB.C000", "5C2E5F53425F43303030")]
    [InlineData("A.B.C", "2F03415F5F5F425F5F5F435F5F5F")]
    public void Path_is_encoded_by_its_segments(string path, string bytes) => Assert.Equal(bytes, Hex(Path(path)));

    [Theory]
    [InlineData("")]
    [InlineData("0AB")]
    [InlineData("TOOLONG")]
    [InlineData("abc")]
    [InlineData("A..B")]
    [InlineData("A.")]
    [InlineData("\\^A")]
    public void Path_that_is_none_is_refused(string path) => Assert.Throws<ArgumentException>(() => Path(path));

    [Theory]
    [InlineData("PNP0A03", 0x030AD041)]
    [InlineData("PNP0C02", 0x020CD041)]
    public void Plug_and_play_id_is_a_number(string id, ulong number) => Assert.Equal(Hex(Number(number)), Hex(EisaId(id)));

    [Theory]
    [InlineData("PNP0A0")]
    [InlineData("pnp0A03")]
    [InlineData("PNP0A0G")]
    public void Plug_and_play_id_that_is_none_is_refused(string id) => Assert.Throws<ArgumentException>(() => EisaId(id));

    [Fact]
    public void Impossible_values_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Text("a\0b"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Local(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Arg(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Method("M", 8));
        Assert.Throws<ArgumentException>(() => AmlFieldUnit.Named("A.B", 1));
    }

    /// <summary>Each statement that Parker's own tables do not use yet, by iasl.</summary>
    [Fact]
    public void Statements_compile_to_the_same_bytes()
    {
        const string Source = """
            DefinitionBlock ("", "SSDT", 2, "PARKER", "TEST", 1)
            {
                Device (\DEV) { Name (_HID, "TEST0001") }
                Name (\LIST, Package (2) { "one", 0x1234567890 })
                Method (\M, 2, NotSerialized)
                {
                    If (Arg0 > 5) { Notify (\DEV, One) }
                    Else { If (Arg1 < Arg0) { Return (Ones) } }
                    Return (Zero)
                }
            }
            """;
        AmlTerm[] terms =
        [
            Device("\\DEV", Name("_HID", Text("TEST0001"))),
            Name("\\LIST", Package(Text("one"), Number(0x1234567890))),
            Method(
                "\\M",
                2,
                If(LGreater(Arg(0), Number(5)), Notify(Path("\\DEV"), One)),
                Else(If(LLess(Arg(1), Arg(0)), Return(Number(ulong.MaxValue)))),
                Return(Zero)),
        ];

        Assert.Equal(Convert.ToHexString(Iasl.Compile(Source).AsSpan(36)), Convert.ToHexString(AmlTerm.Join(terms)));
    }

    [Fact]
    public void Window_is_32_bits_wide_only_where_it_ends_below_4_gib()
    {
        Assert.Equal(0x87, Tag(AmlResource.Window(Range(0xFFE0_0000, 0x20_0000), false)));
        Assert.Equal(0x8A, Tag(AmlResource.Window(Range(0xFFE0_0000, 0x20_1000), false)));
        Assert.Equal(0x8A, Tag(AmlResource.Window(Range(0, 0x1_0000_0000), false)));
    }

    private static PhysicalRange Range(ulong start, ulong length) => new(new PhysicalAddress(start), new ByteSize(length));

    private static string Hex(AmlTerm term) => Convert.ToHexString(term.Encoding.Span);

    // The tag of the first descriptor: after the buffer's opcode, length and size.
    private static int Tag(AmlResource resource) => ResourceTemplate(resource).Encoding.Span[4];
}
