using Iced.Intel;
using Parker.Partition;
using static Iced.Intel.AssemblerRegisters;

namespace Parker.Boot.Stubs;

/// <summary>What a CPU runs to prove that it stands still: it copies the token that it finds into its mark, and halts.</summary>
/// <remarks>
/// Real mode, one page, reached by a SIPI; all addresses are offsets in its own page, so its bytes are the same in every slot. INIT is not answered by a CPU, but only a CPU that
/// took the INIT and the SIPI can write a token that was chosen after the INIT was sent. A second INIT takes it out of the halt without running anything.
/// </remarks>
public static class ParkStub
{
    /// <summary>Assembles the stub.</summary>
    /// <returns>The bytes for <see cref="LowSlotLayout.ParkStub"/>, without token and mark at the page's end.</returns>
    public static byte[] Assemble()
    {
        byte[] code = new byte[64];
        int length = StubCode.Place(code, 0, code.Length, 16, 0, a =>
        {
            Label halt = a.CreateLabel();
            a.cli();
            a.mov(ax, cs);
            a.mov(ds, ax);
            a.mov(eax, __dword_ptr[(LowSlotLayout.ParkToken - LowSlotLayout.ParkStub).Bytes]);
            a.mov(__dword_ptr[(LowSlotLayout.ParkMark - LowSlotLayout.ParkStub).Bytes], eax);
            a.Label(ref halt);
            a.hlt();
            a.jmp(halt);
        });
        return code[..length];
    }
}
