using System.Runtime.InteropServices;

namespace Parker.Firmware.Acpi;

/// <summary>"Processor Local x2APIC Affinity Structure".</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SratLocalX2Apic
{
    public byte Type;
    public byte Length;
    public ushort Reserved1;
    public uint ProximityDomain;
    public uint ApicId;
    public uint Flags;
    public uint ClockDomain;
    public uint Reserved2;
}
