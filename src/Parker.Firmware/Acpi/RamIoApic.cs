using System.Buffers.Binary;
using Parker.Machine;

namespace Parker.Firmware.Acpi;

/// <summary>A page of RAM that Linux takes for an I/O APIC, so that it leaves the machine's alone.</summary>
/// <remarks>
/// An I/O APIC has an index register at 0x00 and a data register at 0x10. In RAM the data word reads the same for every index: as ID register it says ID 0, as
/// version register version 0x20 and 24 pins. What Linux writes to mask the pins lands in RAM. Without an I/O APIC in the MADT Linux looks for the
/// firmware's MP table and finds the machine's (arch/x86/kernel/acpi/boot.c, <c>acpi_process_madt</c>).
/// </remarks>
public static class RamIoApic
{
    /// <summary>Its ID in the MADT and the DMAR table.</summary>
    public const byte Id = 0;

    /// <summary>The data word: last pin 23, version 0x20; ID 0.</summary>
    public const uint DataWord = 0x00170020;

    private const int DataOffset = 0x10;

    /// <summary>The page's content before the start.</summary>
    public static byte[] Page()
    {
        byte[] page = new byte[(int)ByteSize.Page.Bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(DataOffset), DataWord);
        return page;
    }
}
