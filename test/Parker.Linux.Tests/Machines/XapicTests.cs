using Iced.Intel;
using Parker.Linux.Machines;

namespace Parker.Linux.Tests.Machines;

public sealed class XapicTests
{
    [Fact]
    public void SendCode_stores_the_destination_compares_it_and_stores_the_command_last()
    {
        const string expected = """
            00 test dword ptr [rdi+300h],1000h
            0A jne short 0024h
            0C mov [rdi+310h],esi
            12 cmp esi,[rdi+310h]
            18 jne short 002Ah
            1A mov [rdi+300h],edx
            20 xor eax,eax
            22 ret
            23 nop
            24 mov eax,1
            29 ret
            2A mov eax,2
            2F ret
            """;
        Decoder decoder = Decoder.Create(64, Xapic.SendCode.ToArray());
        MasmFormatter formatter = new();
        List<string> lines = [];
        while (decoder.IP < (ulong)Xapic.SendCode.Length)
        {
            Instruction instruction = decoder.Decode();
            StringOutput text = new();
            formatter.Format(instruction, text);
            lines.Add($"{instruction.IP:X2} {text.ToStringAndReset()}");
        }

        Assert.Equal(expected, string.Join('\n', lines).Replace("000000000000", "", StringComparison.Ordinal), ignoreLineEndingDifferences: true);
    }
}
