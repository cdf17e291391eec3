using Parker.Machine;

namespace Parker.Partition;

/// <summary>The map of the header page: the 4 KiB of a partition's memory through which Boot Kernel and Application Kernel know of each other. Offsets from its start.</summary>
/// <remarks>
/// Little endian. Written by Parker before the start and constant after, but for the words that say who writes them.
/// <code>
/// 0x000  8   magic "PARKERHP"
/// 0x008  4   version, 1
/// 0x00C  4   CRC-32 (IEEE 802.3) of 0x000..0x0FF with this word as 0
/// 0x010  16  boot ID of this start, as the UUID's 16 bytes of RFC 9562
/// 0x020  32  partition name, NUL-padded
/// 0x040  8   journal position of the start
/// 0x048  8   TSC frequency in kHz
/// 0x050  16  XXH128 of the kernel as it was loaded, its payload without the real-mode part
/// 0x060  16  XXH128 of the initrd as it was loaded
/// 0x070  16  XXH128 of the command line without its NUL
/// 0x080  128 zero
/// 0x100  4   start mark: stage that the start stub has reached     start stub
/// 0x108  8   TSC at its first instruction in long mode              start stub
/// 0x110  4   SetVirtualAddressMap mark: 1 when it was called       UEFI runtime
/// 0x118  8   TSC then                                               UEFI runtime
/// 0x120  4   reset word: 0x100 + EFI_RESET_TYPE                     UEFI runtime
/// 0x124  4   low 32 bits of the EFI_STATUS given with it            UEFI runtime
/// 0x128  8   TSC then                                               UEFI runtime
/// 0x130  4   heartbeat: counted up by each poll of the thermal zone AML
/// 0x138  4   command word                                           Boot Kernel
/// 0x13C  4   command argument                                       Boot Kernel
/// 0x140  4   command acknowledgement                                AML
/// 0x144  4   how often the CPUs were changed, 1 at the start        Boot Kernel
/// 0x148  4   the change that the thermal zone has taken last        AML
/// 0x14C  4   the status that the kernel gave with its last refusal  AML (_OST)
/// 0x150  4   how often memory came or went, 1 at the start          Boot Kernel
/// 0x154  4   the change that the thermal zone has taken last        AML
/// 0x158  4   the status that the kernel gave with its last refusal  AML (_OST)
/// 0x200  512 CPUs that it has: a bit each, by its place in the DSDT Boot Kernel
/// 0x400  512 CPUs that its kernel is told are there, likewise       AML
/// 0x600  1K  its kernel's answers, 2 bits each, a KernelAnswer      AML (_OST)
/// 0xA00  32  memory that came: a bit each, by its place in the DSDT Boot Kernel
/// 0xA20  32  memory that its kernel is told is there, likewise      AML
/// 0xA40  64  its kernel's answers, 2 bits each, a KernelAnswer      AML (_OST)
/// 0xB00  256 the proximity domain of each, a byte                   Boot Kernel
/// 0xC00  1K  where each starts, in units of 128 MiB, 4 bytes        Boot Kernel
/// </code>
/// </remarks>
public static class HeaderPageLayout
{
    /// <summary>"PARKERHP" as little-endian bytes.</summary>
    public const ulong MagicValue = 0x50_48_52_45_4B_52_41_50;

    /// <summary>The layout's version.</summary>
    public const uint VersionValue = 1;

    /// <summary>What is added to an EFI_RESET_TYPE in the reset word, so that type 0 (cold) is not no reset.</summary>
    public const uint ResetWordBase = 0x100;

    /// <summary>The size of the page.</summary>
    public static ByteSize Size => ByteSize.Page;

    /// <summary>8 bytes.</summary>
    public static ByteSize Magic => new(0x000);

    /// <summary>4 bytes.</summary>
    public static ByteSize Version => new(0x008);

    /// <summary>4 bytes: CRC-32 of the constant part.</summary>
    public static ByteSize Checksum => new(0x00C);

    /// <summary>16 bytes.</summary>
    public static ByteSize BootId => new(0x010);

    /// <summary>32 bytes.</summary>
    public static ByteSize Name => new(0x020);

    /// <summary>8 bytes.</summary>
    public static ByteSize JournalPosition => new(0x040);

    /// <summary>8 bytes.</summary>
    public static ByteSize TscKilohertz => new(0x048);

    /// <summary>16 bytes, big endian as xxhsum prints it.</summary>
    public static ByteSize KernelHash => new(0x050);

    /// <summary>16 bytes, big endian as xxhsum prints it.</summary>
    public static ByteSize InitrdHash => new(0x060);

    /// <summary>16 bytes, big endian as xxhsum prints it.</summary>
    public static ByteSize CommandLineHash => new(0x070);

    /// <summary>The length of the constant part, which the checksum covers.</summary>
    public static ByteSize ConstantPart => new(0x100);

    /// <summary>4 bytes, written by the start stub.</summary>
    public static ByteSize StartMark => new(0x100);

    /// <summary>8 bytes, written by the start stub.</summary>
    public static ByteSize StartTsc => new(0x108);

    /// <summary>4 bytes, written by the UEFI runtime.</summary>
    public static ByteSize VirtualMapMark => new(0x110);

    /// <summary>8 bytes, written by the UEFI runtime.</summary>
    public static ByteSize VirtualMapTsc => new(0x118);

    /// <summary>4 bytes, written by the UEFI runtime.</summary>
    public static ByteSize ResetWord => new(0x120);

    /// <summary>4 bytes, written by the UEFI runtime.</summary>
    public static ByteSize ResetStatus => new(0x124);

    /// <summary>8 bytes, written by the UEFI runtime.</summary>
    public static ByteSize ResetTsc => new(0x128);

    /// <summary>4 bytes, written by the AML of the thermal zone.</summary>
    public static ByteSize Heartbeat => new(0x130);

    /// <summary>4 bytes, a <see cref="HeaderCommand"/>, written by the Boot Kernel.</summary>
    public static ByteSize Command => new(0x138);

    /// <summary>4 bytes, written by the Boot Kernel.</summary>
    public static ByteSize CommandArgument => new(0x13C);

    /// <summary>4 bytes, written by AML.</summary>
    public static ByteSize CommandAcknowledgement => new(0x140);

    /// <summary>4 bytes, written by the Boot Kernel after <see cref="GrantedCpus"/>.</summary>
    public static ByteSize CpuChange => new(0x144);

    /// <summary>4 bytes, written by AML.</summary>
    public static ByteSize CpuChangeTaken => new(0x148);

    /// <summary>4 bytes, written by AML.</summary>
    public static ByteSize CpuRefusal => new(0x14C);

    /// <summary>A bit for each CPU of the DSDT, written by the Boot Kernel.</summary>
    public static ByteSize GrantedCpus => new(0x200);

    /// <summary>A bit for each CPU of the DSDT, written by AML: whether its device is there.</summary>
    public static ByteSize PresentCpus => new(0x400);

    /// <summary>Two bits for each CPU of the DSDT, a <see cref="KernelAnswer"/>, written by AML.</summary>
    public static ByteSize CpuAnswers => new(0x600);

    /// <summary>The end of what the header page says of CPUs that come and go.</summary>
    public static ByteSize CpuWordsEnd => new(0xA00);

    /// <summary>How many CPUs there is room for.</summary>
    public static int MaxElasticCpus => 4096;

    /// <summary>4 bytes, written by the Boot Kernel after <see cref="GrantedMemory"/>.</summary>
    public static ByteSize MemoryChange => new(0x150);

    /// <summary>4 bytes, written by AML.</summary>
    public static ByteSize MemoryChangeTaken => new(0x154);

    /// <summary>4 bytes, written by AML.</summary>
    public static ByteSize MemoryRefusal => new(0x158);

    /// <summary>A bit for each piece of memory, written by the Boot Kernel after <see cref="MemoryNodes"/> and <see cref="MemoryBlocks"/>.</summary>
    public static ByteSize GrantedMemory => new(0xA00);

    /// <summary>A bit for each piece of memory, written by AML: whether its device is there.</summary>
    public static ByteSize PresentMemory => new(0xA20);

    /// <summary>Two bits for each piece of memory, a <see cref="KernelAnswer"/>, written by AML.</summary>
    public static ByteSize MemoryAnswers => new(0xA40);

    /// <summary>A byte for each piece of memory, written by the Boot Kernel.</summary>
    public static ByteSize MemoryNodes => new(0xB00);

    /// <summary>4 bytes for each piece of memory, written by the Boot Kernel.</summary>
    public static ByteSize MemoryBlocks => new(0xC00);

    /// <summary>How many pieces of memory there is room for.</summary>
    public static int MaxMemoryPlaces => 256;
}
