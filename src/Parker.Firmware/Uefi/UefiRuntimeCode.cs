using Iced.Intel;
using Parker.Machine;
using Parker.Partition;
using static Iced.Intel.AssemblerRegisters;

namespace Parker.Firmware.Uefi;

/// <summary>The code of the UEFI runtime: what an Application Kernel calls when it restarts, powers off, or tells the firmware of its page tables.</summary>
/// <remarks>
/// x86-64, Microsoft calling convention: arguments in RCX, RDX, R8, R9, status in RAX; RAX, RCX, RDX and R8 to R11 may be changed. Position-independent: the header page is reached
/// by its distance from the code, which is the same in every partition, and Linux calls runtime services where they lie physically (arch/x86/platform/efi/efi_64.c maps them 1:1).
/// </remarks>
public sealed class UefiRuntimeCode
{
    /// <summary>EFI_UNSUPPORTED.</summary>
    public const ulong EfiUnsupported = 0x8000_0000_0000_0003;

    private UefiRuntimeCode(byte[] bytes, ByteSize unsupported, ByteSize setVirtualAddressMap, ByteSize resetSystem)
    {
        Bytes = bytes;
        Unsupported = unsupported;
        SetVirtualAddressMap = setVirtualAddressMap;
        ResetSystem = resetSystem;
    }

    /// <summary>The code; at most one page.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Offset of what every service is that does nothing but answer EFI_UNSUPPORTED.</summary>
    public ByteSize Unsupported { get; }

    /// <summary>Offset of SetVirtualAddressMap: answers EFI_SUCCESS and leaves a mark in the header page.</summary>
    public ByteSize SetVirtualAddressMap { get; }

    /// <summary>Offset of ResetSystem: writes its type and the time into the header page, and halts for ever.</summary>
    public ByteSize ResetSystem { get; }

    /// <summary>Assembles the code.</summary>
    /// <param name="layout">Gives the distance from code to header page.</param>
    public static UefiRuntimeCode Assemble(PartitionLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ulong origin = layout.UefiCode.Start.Value;
        long header = checked((long)layout.HeaderPage.Start.Value - (long)origin);
        Assembler a = new(64);
        Label start = a.CreateLabel("start");
        Label setVirtualAddressMap = a.CreateLabel("SetVirtualAddressMap");
        Label resetSystem = a.CreateLabel("ResetSystem");
        Label halt = a.CreateLabel("halt");

        a.Label(ref start);
        a.endbr64();
        a.mov(rax, EfiUnsupported);
        a.ret();

        a.Label(ref setVirtualAddressMap);
        a.endbr64();
        a.lea(r8, __[start]);
        ReadTimeStamp(a);
        a.mov(__qword_ptr[r8 + Displacement(header, HeaderPageLayout.VirtualMapTsc)], rax);
        a.mov(__dword_ptr[r8 + Displacement(header, HeaderPageLayout.VirtualMapMark)], 1);
        a.xor(eax, eax);
        a.ret();

        // The word goes last: whoever reads it finds status and time in place (x86 stores are seen in order).
        a.Label(ref resetSystem);
        a.endbr64();
        a.cli();
        a.lea(r8, __[start]);
        a.mov(__dword_ptr[r8 + Displacement(header, HeaderPageLayout.ResetStatus)], edx);
        ReadTimeStamp(a);
        a.mov(__qword_ptr[r8 + Displacement(header, HeaderPageLayout.ResetTsc)], rax);
        a.add(ecx, (int)HeaderPageLayout.ResetWordBase);
        a.mov(__dword_ptr[r8 + Displacement(header, HeaderPageLayout.ResetWord)], ecx);

        // An NMI or SMI ends a hlt.
        a.Label(ref halt);
        a.hlt();
        a.jmp(halt);

        using MemoryStream stream = new();
        AssemblerResult result = a.Assemble(new StreamCodeWriter(stream), origin, BlockEncoderOptions.ReturnNewInstructionOffsets);
        ByteSize OffsetOf(Label label) => new(result.GetLabelRIP(label) - origin);
        return new UefiRuntimeCode(stream.ToArray(), ByteSize.Zero, OffsetOf(setVirtualAddressMap), OffsetOf(resetSystem));
    }

    /// <summary>The time stamp counter into RAX; changes RDX.</summary>
    private static void ReadTimeStamp(Assembler a)
    {
        a.rdtsc();
        a.shl(rdx, 32);
        a.or(rax, rdx);
    }

    private static int Displacement(long header, ByteSize field) => checked((int)(header + (long)field.Bytes));
}
