using System.Buffers.Binary;
using Iced.Intel;
using Parker.Machine;
using Parker.Partition;
using static Iced.Intel.AssemblerRegisters;

namespace Parker.Boot.Stubs;

/// <summary>The first code that a partition's first CPU runs after its SIPI: from real mode to the kernel's 64-bit entry.</summary>
/// <remarks>
/// It fills one page below 1 MiB. A SIPI with vector V starts at CS:IP = V00:0000, so in real mode the page is addressed by its own offsets.
/// <code>
/// 0x000  16-bit  mark "SIPI", load the GDT, protected mode on
/// 0x100  32-bit  PAE, CR3, long mode on, paging on
/// 0x200  64-bit  mark and time into the header page, RSI = boot_params, to the kernel
/// 0x300  GDT as the boot protocol asks: 0x10 = flat 64-bit code, 0x18 = flat data (Documentation/arch/x86/boot.rst, 64-bit boot protocol)
/// 0x320  GDTR image
/// 0xFFC  the mark
/// </code>
/// Paging has 4 levels. A kernel with 5-level paging switches itself: its decompressor leaves long mode through a trampoline that it puts into usable RAM below 640 KiB
/// (arch/x86/boot/compressed/pgtable_64.c), which the low slot's usable part gives.
/// INIT leaves CR0.CD and CR0.NW as they were (Intel SDM volume 3, table 10-1), so both are cleared here: a CPU that was left without its cache would run a hundred times slower.
/// </remarks>
public static class StartStub
{
    /// <summary>What the stub writes to <see cref="HeaderPageLayout.StartMark"/> in long mode.</summary>
    public const uint LongModeStage = 1;

    private const int Code32At = 0x100;
    private const int Code64At = 0x200;
    private const int GdtAt = 0x300;
    private const int GdtrAt = 0x320;
    private const ushort Code32Selector = 0x08;
    private const ushort Code64Selector = 0x10;
    private const ushort DataSelector = 0x18;
    private const uint MSR_EFER = 0xC000_0080;
    private const int EferLongModeEnable = 1 << 8;
    private const int Cr0ProtectionEnable = 1;
    private const uint Cr0PagingProtectionNumericError = 0x8000_0031;
    private const int Cr4PhysicalAddressExtension = 1 << 5;

    /// <summary>Assembles the stub.</summary>
    /// <param name="slot">The low slot.</param>
    /// <param name="headerPage">The partition's header page.</param>
    /// <param name="bootParams">The kernel's <c>boot_params</c>.</param>
    /// <param name="entry">The kernel's 64-bit entry point.</param>
    /// <returns>The bytes for <see cref="LowSlotLayout.StartStub"/>, without the mark at the page's end.</returns>
    public static byte[] Assemble(PhysicalAddress slot, PhysicalAddress headerPage, PhysicalAddress bootParams, PhysicalAddress entry)
    {
        ulong origin = (slot + LowSlotLayout.StartStub).Value;
        byte[] page = new byte[GdtrAt + 6];
        StubCode.Place(page, 0, Code32At, 16, 0, a => RealMode(a, origin));
        StubCode.Place(page, Code32At, Code64At, 32, origin, a => ProtectedMode(a, origin, (slot + LowSlotLayout.Pml4).Value));
        StubCode.Place(page, Code64At, GdtAt, 64, origin, a => LongMode(a, headerPage.Value, bootParams.Value, entry.Value));
        Span<byte> gdt = page.AsSpan(GdtAt);
        BinaryPrimitives.WriteUInt64LittleEndian(gdt[Code32Selector..], 0x00CF_9B00_0000_FFFF);
        BinaryPrimitives.WriteUInt64LittleEndian(gdt[Code64Selector..], 0x00AF_9B00_0000_FFFF);
        BinaryPrimitives.WriteUInt64LittleEndian(gdt[DataSelector..], 0x00CF_9300_0000_FFFF);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(GdtrAt), DataSelector + 7);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(GdtrAt + 2), checked((uint)origin + GdtAt));
        return page;
    }

    private static void RealMode(Assembler a, ulong origin)
    {
        a.cli();
        a.cld();
        a.mov(ax, cs);
        a.mov(ds, ax);
        a.mov(__dword_ptr[LowSlotLayout.StartMark.Bytes], LowSlotLayout.StartMarkValue);
        a.lgdt(__[GdtrAt]);
        a.mov(eax, cr0);
        a.or(eax, Cr0ProtectionEnable);
        a.mov(cr0, eax);
        a.AddInstruction(Instruction.CreateBranch(Code.Jmp_ptr1632, Code32Selector, checked((uint)origin + Code32At)));
    }

    private static void ProtectedMode(Assembler a, ulong origin, ulong pml4)
    {
        a.mov(eax, DataSelector);
        a.mov(ds, ax);
        a.mov(es, ax);
        a.mov(ss, ax);
        a.xor(eax, eax);
        a.mov(fs, ax);
        a.mov(gs, ax);
        a.mov(eax, Cr4PhysicalAddressExtension);
        a.mov(cr4, eax);
        a.mov(eax, checked((uint)pml4));
        a.mov(cr3, eax);
        a.mov(ecx, MSR_EFER);
        a.rdmsr();
        a.or(eax, EferLongModeEnable);
        a.wrmsr();
        a.mov(eax, Cr0PagingProtectionNumericError);
        a.mov(cr0, eax);
        a.AddInstruction(Instruction.CreateBranch(Code.Jmp_ptr1632, Code64Selector, checked((uint)origin + Code64At)));
    }

    private static void LongMode(Assembler a, ulong headerPage, ulong bootParams, ulong entry)
    {
        a.mov(rbx, headerPage);
        a.rdtsc();
        a.shl(rdx, 32);
        a.or(rax, rdx);
        a.mov(__qword_ptr[rbx + (long)HeaderPageLayout.StartTsc.Bytes], rax);
        a.mov(__dword_ptr[rbx + (long)HeaderPageLayout.StartMark.Bytes], LongModeStage);
        a.mov(rsi, bootParams);
        a.mov(rax, entry);
        a.xor(ebx, ebx);
        a.xor(ebp, ebp);
        a.xor(edi, edi);
        a.jmp(rax);
    }
}
