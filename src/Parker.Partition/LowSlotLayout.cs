using Parker.Machine;

namespace Parker.Partition;

/// <summary>The map of a low slot: 64 KiB below 640 KiB, where a CPU in real mode can run. Offsets from the slot's start.</summary>
/// <remarks>
/// <code>
/// 0x0000  start stub: real mode, protected mode, long mode; GDT; parameters and marks at its end
/// 0x1000  PML4 of the identity map (CR3 is loaded by 32-bit code: below 4 GiB)
/// 0x2000  PDPT of the first 512 GiB
/// 0x3000  park stub: proves that a CPU stands still; its mark at its end
/// 0x4000  RAM I/O APIC: the MADT has 32 bits for its address, and the rest of a partition may lie above 4 GiB
/// 0x5000  44 KiB of usable RAM for the Application Kernel's own trampolines
/// </code>
/// A SIPI vector is a page number: the start stub's is <c>slot >> 12</c>, the park stub's 3 more.
/// </remarks>
public static class LowSlotLayout
{
    /// <summary>"SIPI" as little-endian bytes: the first CPU has taken its first instructions.</summary>
    public const uint StartMarkValue = 0x49_50_49_53;

    /// <summary>The size of a slot.</summary>
    public static ByteSize Size => ByteSize.FromKibibytes(64);

    /// <summary>Slots start here at the earliest: every Linux kernel reserves what lies below for the firmware's sake, so that a slot there would have no usable memory.</summary>
    /// <remarks>arch/x86/kernel/setup.c, <c>early_reserve_memory</c>: <c>memblock_reserve(0, SZ_64K)</c>.</remarks>
    public static PhysicalAddress First => new(64 * 1024);

    /// <summary>Slots end here at the latest: above lie the EBDA, VGA and ROMs.</summary>
    public static PhysicalAddress Limit => new(640 * 1024);

    /// <summary>The start stub's page.</summary>
    public static ByteSize StartStub => new(0x0000);

    /// <summary>The PML4's page.</summary>
    public static ByteSize Pml4 => new(0x1000);

    /// <summary>The page of the PDPT that maps the first 512 GiB.</summary>
    public static ByteSize Pdpt => new(0x2000);

    /// <summary>The park stub's page.</summary>
    public static ByteSize ParkStub => new(0x3000);

    /// <summary>4 bytes that the start stub sets to <see cref="StartMarkValue"/> by its first instructions, in real mode.</summary>
    public static ByteSize StartMark => new(0x0FFC);

    /// <summary>4 bytes that the park stub sets to what it finds at <see cref="ParkToken"/> before it halts.</summary>
    public static ByteSize ParkMark => new(0x3FFC);

    /// <summary>4 bytes that the Boot Kernel sets to a value of its choice before each SIPI into the park stub.</summary>
    public static ByteSize ParkToken => new(0x3FF8);

    /// <summary>The page that stands for an I/O APIC.</summary>
    public static ByteSize IoApic => new(0x4000);

    /// <summary>The first byte of the Application Kernel's usable RAM.</summary>
    public static ByteSize UsableStart => new(0x5000);

    /// <summary>The part that is ours: stubs, page tables and the RAM I/O APIC.</summary>
    public static PhysicalRange OwnRange(PhysicalAddress slot) => new(slot, UsableStart);

    /// <summary>The part that the Application Kernel sees as RAM.</summary>
    public static PhysicalRange UsableRange(PhysicalAddress slot) => PhysicalRange.FromBounds(slot + UsableStart, slot + Size);

    /// <summary>Whether a slot may start at <paramref name="slot"/>: page-aligned, not below <see cref="First"/>, wholly below <see cref="Limit"/>.</summary>
    public static bool IsValidSlot(PhysicalAddress slot) => slot.IsAligned(ByteSize.Page) && slot >= First && slot <= Limit - Size;
}
