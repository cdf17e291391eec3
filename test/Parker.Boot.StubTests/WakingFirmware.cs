using System.Buffers.Binary;
using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Parker.Boot.StubTests;

/// <summary>A firmware that does one thing: the first CPU sends INIT and a SIPI to the CPU with APIC ID 1, and halts.</summary>
/// <remarks>64 KiB that end at 4 GiB and show below 1 MiB too, at F000:0000. The reset vector is at F000:FFF0.</remarks>
internal static class WakingFirmware
{
    private const uint Base = 0xF0000;
    private const int GdtAt = 0x200;
    private const int GdtrAt = 0x220;
    private const uint InterruptCommand = 0xFEE00300;
    private const uint InterruptDestination = 0xFEE00310;

    public static byte[] Assemble(byte vector)
    {
        byte[] rom = new byte[0x10000];
        Place(rom, 0xFFF0, 16, 0xFFF0, a => a.AddInstruction(Instruction.CreateBranch(Code.Jmp_ptr1616, 0xF000, 0u)));
        Place(rom, 0, 16, 0, a =>
        {
            a.cli();
            a.mov(ax, cs);
            a.mov(ds, ax);
            a.db(0x66); // A 32-bit base for lgdt: the table lies above 64 KiB.
            a.lgdt(__[GdtrAt]);
            a.mov(eax, 1);
            a.mov(cr0, eax);
            a.AddInstruction(Instruction.CreateBranch(Code.Jmp_ptr1632, 0x08, Base + 0x100u));
        });
        Place(rom, 0x100, 32, Base + 0x100, a =>
        {
            Label wait = a.CreateLabel();
            Label halt = a.CreateLabel();
            a.mov(eax, 0x10);
            a.mov(ds, ax);
            a.mov(__dword_ptr[InterruptDestination], 1 << 24);
            a.mov(__dword_ptr[InterruptCommand], 0x4500);
            a.mov(ecx, 1_000_000);
            a.Label(ref wait);
            a.dec(ecx);
            a.jnz(wait);
            a.mov(__dword_ptr[InterruptDestination], 1 << 24);
            a.mov(__dword_ptr[InterruptCommand], 0x4600 | vector);
            a.Label(ref halt);
            a.hlt();
            a.jmp(halt);
        });
        BinaryPrimitives.WriteUInt64LittleEndian(rom.AsSpan(GdtAt + 0x08), 0x00CF_9B00_0000_FFFF);
        BinaryPrimitives.WriteUInt64LittleEndian(rom.AsSpan(GdtAt + 0x10), 0x00CF_9300_0000_FFFF);
        BinaryPrimitives.WriteUInt16LittleEndian(rom.AsSpan(GdtrAt), 0x17);
        BinaryPrimitives.WriteUInt32LittleEndian(rom.AsSpan(GdtrAt + 2), Base + GdtAt);
        return rom;
    }

    private static void Place(byte[] rom, int offset, int bitness, uint origin, Action<Assembler> write)
    {
        Assembler assembler = new(bitness);
        write(assembler);
        using MemoryStream stream = new();
        assembler.Assemble(new StreamCodeWriter(stream), origin);
        stream.ToArray().CopyTo(rom, offset);
    }
}
