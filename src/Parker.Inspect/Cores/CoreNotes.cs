using System.Buffers.Binary;
using System.Text;
using Parker.Inspect.Addressing;
using Parker.Inspect.Kernels;
using Parker.Inspect.Symbols;
using Parker.Inspect.Usage;
using Parker.Machine;

namespace Parker.Inspect.Cores;

/// <summary>What a kernel's core gets beside the memory.</summary>
/// <param name="Notes">All of them.</param>
/// <param name="Registers">For how many CPUs there are registers.</param>
/// <param name="LinearMap">Where the kernel maps all memory; null where it does not tell.</param>
/// <param name="Image">Where the kernel's image lies, by virtual and physical address; null where it does not tell.</param>
/// <remarks>
/// Registers of a CPU that runs, or was stopped from outside, cannot be had without a debugger: no other CPU can read them. They are in memory where the kernel itself saved them
/// (<c>crash_save_cpu</c>, kernel/crash_core.c, in its <c>crash_notes</c>): when it dies with a crash kernel loaded. Threads that do not run have theirs on their stacks in any case.
/// </remarks>
public sealed record CoreNotes(IReadOnlyList<CoreNote> Notes, int Registers, ulong? LinearMap, MappedPage? Image)
{
    /// <summary>The notes of a memory in which no kernel was found.</summary>
    public static CoreNotes None { get; } = new([], 0, null, null);

    /// <summary>Gathers them.</summary>
    public static CoreNotes Of(ApplicationKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        KernelSymbols? symbols = kernel.TryOpenSymbols([]);
        symbols?.Find(["crash_notes", "page_offset_base", "_text", "_end"]);
        List<CoreNote> notes = symbols is null ? [] : ReadRegisters(kernel, symbols);
        int registers = notes.Count;
        notes.Add(new CoreNote(ElfFormat.VmCoreInfoName, 0, Encoding.ASCII.GetBytes(kernel.Info.Text)));
        ulong? linearMap = symbols?.Find("page_offset_base") is VirtualAddress address ? kernel.Memory.ReadUInt64(address) : null;
        return new CoreNotes(notes, registers, linearMap, ImageOf(kernel, symbols));
    }

    private static MappedPage? ImageOf(ApplicationKernel kernel, KernelSymbols? symbols)
    {
        // The longest space that an image can have.
        const ulong Longest = 1UL << 30;
        return symbols?.Find("_text") is VirtualAddress start
            && symbols.Find("_end") is VirtualAddress end
            && end.Value > start.Value
            && end.Value - start.Value <= Longest
            && kernel.Memory.TryTranslate(start, out MappedPage page)
            && page.BytesFrom(start) >= end.Value - start.Value
                ? new MappedPage(start, new PhysicalRange(page.PhysicalOf(start), new ByteSize(end.Value - start.Value).AlignUp(ByteSize.Page)))
                : null;
    }

    private static List<CoreNote> ReadRegisters(ApplicationKernel kernel, KernelSymbols symbols)
    {
        List<CoreNote> notes = [];
        if (symbols.Find("crash_notes") is not VirtualAddress pointer || kernel.Memory.ReadPointer(pointer) is not VirtualAddress start || PerCpuArea.TryOpen(kernel) is not PerCpuArea perCpu)
        {
            return notes;
        }

        int nameEnd = ElfFormat.NoteHeaderSize + ElfFormat.Padded(ElfFormat.CoreName.Length + 1);
        byte[] note = new byte[nameEnd + ElfFormat.ProcessStatusSize];
        foreach (ulong offset in perCpu.AllOffsets())
        {
            if (kernel.Memory.TryRead(start + offset, note)
                && BinaryPrimitives.ReadInt32LittleEndian(note) == ElfFormat.CoreName.Length + 1
                && BinaryPrimitives.ReadInt32LittleEndian(note.AsSpan(4)) == ElfFormat.ProcessStatusSize
                && BinaryPrimitives.ReadUInt32LittleEndian(note.AsSpan(8)) == ElfFormat.ProcessStatus
                && note.AsSpan(ElfFormat.NoteHeaderSize, ElfFormat.CoreName.Length + 1).SequenceEqual("CORE\0"u8))
            {
                notes.Add(new CoreNote(ElfFormat.CoreName, ElfFormat.ProcessStatus, note.AsSpan(nameEnd).ToArray()));
            }
        }

        return notes;
    }
}
