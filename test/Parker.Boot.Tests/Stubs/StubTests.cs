using Iced.Intel;
using Parker.Boot.Stubs;
using Parker.Goldens;
using Parker.Machine;

namespace Parker.Boot.Tests.Stubs;

public sealed class StubTests
{
    [Fact]
    public void Start_stub_is_what_the_listing_says()
    {
        byte[] stub = StartStub.Assemble(new PhysicalAddress(0x10000), new PhysicalAddress(0x140000000), new PhysicalAddress(0x140005000), new PhysicalAddress(0x141000200));
        GoldenFile.AssertEqual("test/Parker.Boot.Tests/Goldens/start-stub.lst", $"{Listing(stub[..0x100], 16, 0)}\n\n{Listing(stub[0x100..0x200], 32, 0x10100)}\n\n{Listing(stub[0x200..0x300], 64, 0x10200)}");
        Assert.Equal("0000000000000000" + "FFFF0000009BCF00" + "FFFF0000009BAF00" + "FFFF00000093CF00" + "1F0000030100", Convert.ToHexString(stub.AsSpan(0x300)));
    }

    [Fact]
    public void Park_stub_is_what_the_listing_says()
    {
        GoldenFile.AssertEqual("test/Parker.Boot.Tests/Goldens/park-stub.lst", Listing(ParkStub.Assemble(), 16, 0));
    }

    /// <summary>The instructions up to the jump that each piece ends with.</summary>
    private static string Listing(byte[] code, int bitness, ulong address)
    {
        Decoder decoder = Decoder.Create(bitness, code, address);
        NasmFormatter formatter = new();
        List<string> lines = [];
        foreach (Instruction instruction in decoder)
        {
            StringOutput text = new();
            formatter.Format(instruction, text);
            lines.Add($"{instruction.IP:X4} {text.ToStringAndReset()}");
            if (instruction.FlowControl is FlowControl.UnconditionalBranch or FlowControl.IndirectBranch)
            {
                break;
            }
        }

        return string.Join('\n', lines);
    }
}
