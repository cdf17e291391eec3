namespace Parker.Inspect.Cores;

/// <summary>What of ELF's 64-bit form an x86-64 core uses (System V ABI, chapters 4 and 5; elf(5)).</summary>
/// <remarks>
/// <code>
/// Elf64_Ehdr    0x00 e_ident   0x10 e_type   0x12 e_machine  0x14 e_version  0x18 e_entry   0x20 e_phoff   0x28 e_shoff
///               0x30 e_flags   0x34 e_ehsize 0x36 e_phentsize 0x38 e_phnum   0x3A e_shentsize  0x3C e_shnum  0x3E e_shstrndx
/// Elf64_Phdr    0x00 p_type    0x04 p_flags  0x08 p_offset   0x10 p_vaddr    0x18 p_paddr   0x20 p_filesz  0x28 p_memsz   0x30 p_align
/// Elf64_Nhdr    0x00 n_namesz  0x04 n_descsz 0x08 n_type; then name with its NUL and content, each filled up to 4 bytes
/// </code>
/// </remarks>
internal static class ElfFormat
{
    public const int HeaderSize = 0x40;
    public const int ProgramHeaderSize = 0x38;
    public const int NoteHeaderSize = 12;

    // ELF, 64 bits, little endian, version 1.
    public const ulong Identity = 0x0001_0102_464C_457F;
    public const ushort Core = 4;
    public const ushort X8664 = 62;
    public const uint Load = 1;
    public const uint Note = 4;

    /// <summary>The type of a note <c>CORE</c> with a CPU's registers.</summary>
    public const uint ProcessStatus = 1;

    /// <summary>The bytes of <c>struct elf_prstatus</c> (include/linux/elfcore.h).</summary>
    public const int ProcessStatusSize = 336;

    public const string CoreName = "CORE";
    public const string VmCoreInfoName = "VMCOREINFO";

    public static int Padded(int length) => checked(length + 3) & ~3;
}
