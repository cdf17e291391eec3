using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>What stands before the structures of the "DMA Remapping Reporting Structure" (Intel VT-d specification, 8.1).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct DmarBody
{
    public byte HostAddressWidthMinusOne;
    public byte Flags;
    public ushort Reserved0;
    public ulong Reserved1;
}
