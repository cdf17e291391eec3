using Iced.Intel;
using Parker.Linux.Machines;

namespace Parker.Linux.Tests.Machines;

public sealed class XapicTests
{
    [Fact]
    public void SendCode_holds_interrupts_stores_the_destination_compares_it_and_stores_the_command_last()
    {
        const string expected = """
            00 mov r8d,[rdi+80h]
            07 mov dword ptr [rdi+80h],0FFh
            11 mov eax,[rdi+80h]
            17 mov ecx,3E8h
            1C test dword ptr [rdi+300h],1000h
            26 je short 0035h
            28 pause
            2A dec ecx
            2C jne short 001Ch
            2E mov eax,1
            33 jmp short 0050h
            35 mov [rdi+310h],esi
            3B cmp esi,[rdi+310h]
            41 mov eax,2
            46 jne short 0050h
            48 mov [rdi+300h],edx
            4E xor eax,eax
            50 mov [rdi+80h],r8d
            57 ret
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
