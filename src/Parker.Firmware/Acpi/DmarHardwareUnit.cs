using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"DMA Remapping Hardware Unit Definition Structure (DRHD)" (Intel VT-d specification, 8.3).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct DmarHardwareUnit
{
    public ushort Type;
    public ushort Length;
    public byte Flags;
    public byte Size;
    public ushort Segment;
    public ulong RegisterBase;
}
