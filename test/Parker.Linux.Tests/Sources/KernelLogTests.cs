using System.Text;
using Parker.Linux.Sources;

namespace Parker.Linux.Tests.Sources;

public sealed class KernelLogTests
{
    [Theory]
    [InlineData("6,339,5140900,-;NET: Registered protocol family 10\n", "NET: Registered protocol family 10")]
    [InlineData("6,1,0,c,caller=T0;x2apic enabled\n SUBSYSTEM=cpu\n DEVICE=+cpu:0\n", "x2apic enabled")]
    [InlineData("4,7,9,-;a\\x5cb\\x0ac\\x1b[2J\n", "a\\b c [2J")]
    [InlineData("4,7,9,-;ends in \\x5\n", "ends in \\x5")]
    public void TextOfRecord_of_a_kernel_record_is_its_text(string record, string text) =>
        Assert.Equal(text, KernelLog.TextOfRecord(Encoding.UTF8.GetBytes(record)));

    [Theory]
    [InlineData("12,339,5140900,-;written by a program\n")]
    [InlineData("no head")]
    [InlineData(";")]
    [InlineData("")]
    public void TextOfRecord_of_anything_else_is_null(string record) => Assert.Null(KernelLog.TextOfRecord(Encoding.UTF8.GetBytes(record)));

    [Theory]
    [InlineData("<6>[    0.000000] Linux version 6.12", "Linux version 6.12")]
    [InlineData("<6>[    0.000000][    T0] x2apic enabled", "x2apic enabled")]
    [InlineData("<6>[drm] not a time", "[drm] not a time")]
    [InlineData("<14>[    1.000000] a program", null)]
    [InlineData("<", "<")]
    [InlineData("[", "[")]
    public void TextOfLine_drops_level_and_time(string line, string? text) => Assert.Equal(text, KernelLog.TextOfLine(Encoding.UTF8.GetBytes(line)));
}
